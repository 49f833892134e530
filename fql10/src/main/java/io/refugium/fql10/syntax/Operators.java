package io.refugium.fql10.syntax;

import java.util.Optional;

/** Recognises operators in the text (language specification, section 4). */
final class Operators {
  private Operators() {}

  static Optional<UnaryOperator> prefix(char c) {
    return switch (c) {
      case '-' -> Optional.of(UnaryOperator.NEGATE);
      case '~' -> Optional.of(UnaryOperator.BITWISE_NOT);
      case '!' -> Optional.of(UnaryOperator.NOT);
      default -> Optional.empty();
    };
  }

  /**
   * The infix operator that continues a term, on this line or, where the operator allows it, on a
   * later one. Leaves the cursor on the operator; if there is none, anywhere.
   *
   * @return null if the term is not continued
   */
  static BinaryOperator peek(TextCursor cursor) {
    cursor.skipBlanks();
    BinaryOperator operator = here(cursor);
    if (operator != null) {
      return operator;
    }
    cursor.skipNewlines();
    operator = here(cursor);
    return operator != null && operator.newlineBefore() ? operator : null;
  }

  private static BinaryOperator here(TextCursor cursor) {
    char next = cursor.peek(1);
    return switch (cursor.peek()) {
      case '?' -> next == '?' ? BinaryOperator.COALESCE : null;
      case '|' -> next == '|' ? BinaryOperator.OR : BinaryOperator.BITWISE_OR;
      case '&' -> next == '&' ? BinaryOperator.AND : BinaryOperator.BITWISE_AND;
      case '=' -> next == '=' ? BinaryOperator.EQUAL : next == '~' ? BinaryOperator.MATCHES : null;
      case '!' ->
          next == '=' ? BinaryOperator.NOT_EQUAL : next == '~' ? BinaryOperator.NOT_MATCHES : null;
      case '>' -> next == '=' ? BinaryOperator.GREATER_OR_EQUAL : BinaryOperator.GREATER;
      case '<' -> less(cursor, next);
      case '^' -> BinaryOperator.BITWISE_XOR;
      case '+' -> BinaryOperator.ADD;
      case '-' -> BinaryOperator.SUBTRACT;
      case '*' -> next == '*' ? BinaryOperator.POWER : BinaryOperator.MULTIPLY;
      case '/' -> next == '/' || next == '*' ? null : BinaryOperator.DIVIDE;
      case '%' -> BinaryOperator.REMAINDER;
      case 'i' -> cursor.atWord("isa") ? BinaryOperator.ISA : null;
      default -> null;
    };
  }

  private static BinaryOperator less(TextCursor cursor, char next) {
    if (cursor.hole() >= 0) {
      return null;
    }
    return next == '=' ? BinaryOperator.LESS_OR_EQUAL : BinaryOperator.LESS;
  }
}
