package io.refugium.fql4.language;

import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;

/** Ids of documents as text and numbers (spec: FQL v4, 2.4). */
public final class Ids {
  private static final int MAX_DIGITS = 19;

  private Ids() {}

  /**
   * The id in a ref.
   *
   * @param code what the errors are called: they come up in parsing and in evaluation
   */
  public static long parse(Value id, Position position, String code) {
    return switch (id) {
      case LongValue number -> number.value();
      case StringValue text -> parse(text.value(), position, code);
      default ->
          throw code.equals(Errors.INVALID_ARGUMENT)
              ? Errors.wrongKind(position, "String or Number", Types.nameOf(id))
              : Errors.wrongSyntax(position, "String or Integer", Types.nameOf(id));
    };
  }

  private static long parse(String text, Position position, String code) {
    if (text.isEmpty()) {
      throw Errors.idTooLarge(position, code, text);
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    boolean digits = text.length() > start;
    for (int i = start; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (text.length() - start > MAX_DIGITS + 1) {
      throw Errors.idTooLarge(position, code, text);
    }
    if (!digits) {
      throw Errors.nonNumericId(position, code, text);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooLarge) {
      throw Errors.idTooLarge(position, code, text);
    }
  }
}
