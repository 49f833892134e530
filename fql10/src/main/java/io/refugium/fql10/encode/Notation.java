package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Module;
import io.refugium.model.JsonBuffer;
import io.refugium.model.Value;

/**
 * How the parts of a result are written (language specification, section 9.2). {@link ResultWriter}
 * tells them in their order: what it opens it closes again, and it goes to the next element or
 * field before it writes one.
 */
abstract sealed class Notation permits JsonNotation, DecoratedNotation {
  final JsonBuffer out;

  Notation(JsonBuffer out) {
    this.out = out;
  }

  /** What an object with names stands for. */
  enum Shape {
    OBJECT,

    /** An object of which a name begins like a tag. */
    TAG_LIKE_OBJECT,
    DOCUMENT,
    PAGE
  }

  /** Comes before all parts. */
  void begin() {}

  /** Comes behind all parts. */
  void end() {}

  abstract void openArray();

  abstract void closeArray(boolean empty);

  abstract void openObject(Shape shape);

  /** The name of a field. */
  abstract void name(String name);

  /** The same for a name as it is stored. */
  abstract void name(byte[] utf8, int offset, int length);

  abstract void closeObject(Shape shape, boolean empty);

  /** Comes before each element of an array and before the name of each field of an object. */
  abstract void next(boolean first);

  abstract void none();

  abstract void integer(long number);

  abstract void string(String text);

  /** The same for a text as it is stored. */
  abstract void string(byte[] utf8, int offset, int length);

  /** A scalar of the model, or an integer typed Long. */
  abstract void scalar(Value value);

  abstract void module(Module module);

  /** A document inside a document. */
  abstract void reference(Documents.Reference document);

  /** A document that cannot be seen. */
  abstract void missing(Documents.Reference document, String cause);

  /** A set that is not read. */
  abstract void set(String token);

  abstract void eventSource(String token);

  abstract void cursor(String text);

  /**
   * A function.
   *
   * @param described its text, such as {@code [function abs()]}
   */
  abstract void function(String described);
}
