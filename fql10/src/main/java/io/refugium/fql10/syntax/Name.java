package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;

/** A name as it stands in the text: an identifier or an object key, already unquoted. */
public record Name(Span span, String text) {

  @Override
  public String toString() {
    return text;
  }
}
