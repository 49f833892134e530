package io.refugium.fql10.syntax;

/** The prefix operators. The symbol is also the name of the method that implements it. */
public enum UnaryOperator {
  NEGATE("-"),
  BITWISE_NOT("~"),
  NOT("!");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
