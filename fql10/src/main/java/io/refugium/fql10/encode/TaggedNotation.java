package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Module;
import io.refugium.model.JsonBuffer;

/** Results as JSON in which a tag says the type of every value that JSON has no type for. */
final class TaggedNotation extends JsonNotation {
  TaggedNotation(JsonBuffer out) {
    super(out);
  }

  @Override
  void openObject(Shape shape) {
    out.raw(
        switch (shape) {
          case OBJECT -> "{";
          case TAG_LIKE_OBJECT -> "{\"@object\":{";
          case DOCUMENT -> "{\"@doc\":{";
          case PAGE -> "{\"@set\":{";
        });
  }

  @Override
  void closeObject(Shape shape, boolean empty) {
    out.raw(shape == Shape.OBJECT ? "}" : "}}");
  }

  @Override
  void integer(long number) {
    out.raw((int) number == number ? "{\"@int\":\"" : "{\"@long\":\"").number(number).raw("\"}");
  }

  @Override
  void longInteger(long number) {
    out.raw("{\"@long\":\"").number(number).raw("\"}");
  }

  @Override
  void real(double number) {
    typed("@double", Double.toString(number));
  }

  @Override
  void transactionTime() {
    out.raw("{\"@time\":\"").transactionTime().raw("\"}");
  }

  @Override
  void typed(String tag, String ascii) {
    out.raw("{\"").raw(tag).raw("\":\"").raw(ascii).raw("\"}");
  }

  @Override
  void module(Module module) {
    tagged("@mod", module.lastName());
  }

  @Override
  void reference(Documents.Reference document) {
    openReference(document);
    out.raw("}}");
  }

  @Override
  void missing(Documents.Reference document, String cause) {
    openReference(document);
    out.raw(",\"exists\":false,\"cause\":").string(cause).raw("}}");
  }

  private void openReference(Documents.Reference document) {
    out.raw(document.named() ? "{\"@ref\":{\"name\":" : "{\"@ref\":{\"id\":");
    out.string(document.key()).raw(",\"coll\":");
    tagged("@mod", document.collection());
  }

  @Override
  void set(String token) {
    tagged("@set", token);
  }

  @Override
  void eventSource(String token) {
    tagged("@stream", token);
  }

  private void tagged(String tag, String content) {
    out.raw("{\"").raw(tag).raw("\":").string(content).raw('}');
  }
}
