package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * Something that a predicate demands of its argument before all else: that a field of it is in some
 * relation to a value. What does not meet it does not pass, and nothing comes of trying: no
 * failure, no output, no read but that of the argument.
 *
 * @param value what the field is compared with
 */
public record FieldTest(String field, Relation relation, Value value) {

  /** How the field, on the left, has to be related to the value. */
  public enum Relation {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** A relation that says too little to look for. */
    OTHER;

    /** The relation of the right side to the left. */
    public Relation flipped() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case EQUAL, OTHER -> this;
      };
    }
  }

  /**
   * The same in compiled code.
   *
   * @param value gives the value from what the function has captured; never fails
   */
  public record Code(String field, Relation relation, Node value) {}
}
