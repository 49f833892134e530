package io.refugium.fql10.runtime;

/**
 * The place where the next page of a set starts.
 *
 * @param text what a client sends back; see {@link io.refugium.fql10.sets}
 */
public record PageCursor(String text) implements QueryValue {
  @Override
  public Kind kind() {
    return Kind.CURSOR;
  }
}
