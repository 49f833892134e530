package io.refugium.fql10.syntax;

/**
 * How large a text and its syntax tree may be, so that every later walk can recurse safely
 * (language specification, section 5.16).
 */
public final class SyntaxLimits {
  /** How deep brackets, lambdas, branches and other constructs may nest. */
  public static final int MAX_NESTING = 256;

  /** How high a tree may grow in all, operators chained to the left included. */
  public static final int MAX_HEIGHT = 1024;

  /** How many characters a number literal may have. */
  public static final int MAX_NUMBER_LENGTH = 1024;

  private SyntaxLimits() {}
}
