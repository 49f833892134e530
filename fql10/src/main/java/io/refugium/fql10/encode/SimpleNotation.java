package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Module;
import io.refugium.model.JsonBuffer;

/** Results as plain JSON. */
final class SimpleNotation extends JsonNotation {
  SimpleNotation(JsonBuffer out) {
    super(out);
  }

  @Override
  void openObject(Shape shape) {
    out.raw('{');
  }

  @Override
  void closeObject(Shape shape, boolean empty) {
    out.raw('}');
  }

  @Override
  void integer(long number) {
    out.number(number);
  }

  @Override
  void longInteger(long number) {
    out.number(number);
  }

  @Override
  void real(double number) {
    out.number(number);
  }

  @Override
  void transactionTime() {
    out.raw('"').transactionTime().raw('"');
  }

  @Override
  void typed(String tag, String ascii) {
    out.raw('"').raw(ascii).raw('"');
  }

  @Override
  void module(Module module) {
    out.string(module.lastName());
  }

  @Override
  void reference(Documents.Reference document) {
    out.raw(document.named() ? "{\"name\":" : "{\"id\":").string(document.key());
    out.raw(",\"coll\":").string(document.collection()).raw('}');
  }

  @Override
  void missing(Documents.Reference document, String cause) {
    none();
  }

  @Override
  void set(String token) {
    out.string(token);
  }

  @Override
  void eventSource(String token) {
    out.string(token);
  }
}
