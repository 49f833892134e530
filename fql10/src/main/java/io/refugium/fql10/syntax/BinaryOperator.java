package io.refugium.fql10.syntax;

/**
 * The infix operators, with what the grammar needs to know of each (language specification, section
 * 4). A higher level binds tighter. All associate to the left except {@link #POWER}.
 */
public enum BinaryOperator {
  COALESCE("??", 1, true),
  OR("||", 2, true),
  AND("&&", 3, true),
  EQUAL("==", 4, false),
  NOT_EQUAL("!=", 4, false),
  MATCHES("=~", 4, false),
  NOT_MATCHES("!~", 4, false),
  GREATER(">", 5, false),
  LESS("<", 5, false),
  GREATER_OR_EQUAL(">=", 5, false),
  LESS_OR_EQUAL("<=", 5, false),
  ISA("isa", 6, false),
  BITWISE_OR("|", 7, true),
  BITWISE_XOR("^", 8, true),
  BITWISE_AND("&", 9, true),
  ADD("+", 10, false),
  SUBTRACT("-", 10, false),
  MULTIPLY("*", 11, false),
  DIVIDE("/", 11, false),
  REMAINDER("%", 11, false),
  POWER("**", 12, false);

  private final String symbol;
  private final int level;
  private final boolean newlineBefore;

  BinaryOperator(String symbol, int level, boolean newlineBefore) {
    this.symbol = symbol;
    this.level = level;
    this.newlineBefore = newlineBefore;
  }

  /** The operator as written; also the name of the method that implements it. */
  public String symbol() {
    return symbol;
  }

  /** The precedence level, 1 (loosest) to 12. */
  public int level() {
    return level;
  }

  /** Whether the operator may stand on a new line and still continue the expression. */
  public boolean newlineBefore() {
    return newlineBefore;
  }

  public boolean rightAssociative() {
    return this == POWER;
  }
}
