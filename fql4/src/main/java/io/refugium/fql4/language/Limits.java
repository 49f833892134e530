package io.refugium.fql4.language;

/** The limits of FQL v4, each with the place that enforces it (spec: FQL v4, section 16). */
public final class Limits {
  /** Levels of arrays and objects in a request body. Enforced by {@link JsonReader}. */
  static final int JSON_DEPTH = 500;

  /** Nested applications of lambdas and functions. Enforced by {@link Evaluation}. */
  public static final int CALL_DEPTH = 200;

  /**
   * Nested expressions under evaluation, over all calls: what keeps the Java stack in bounds.
   * Enforced by {@link Evaluation}.
   */
  static final int EVALUATION_DEPTH = 3_000;

  /** Entries of a page when the query does not say. */
  public static final int DEFAULT_PAGE_SIZE = 64;

  /** Entries of a page at most; larger sizes are lowered to it. */
  public static final int MAX_PAGE_SIZE = 100_000;

  /**
   * Copies of {@code repeat}, blanks of {@code space}, results of {@code findstrregex}: more are
   * cut off.
   */
  public static final int STRING_REPETITIONS = 1024;

  /** Characters of a string that a function builds. */
  public static final int STRING_LENGTH = 16_777_216;

  /**
   * Parts of a value, each as often as it occurs: what keeps values in bounds that share their
   * parts. Enforced by {@link Evaluation}.
   */
  static final long VALUE_PARTS = 1 << 22;

  /** Parts of a set: each of them is read when the set is. Enforced by {@link Evaluation}. */
  static final long SET_PARTS = 1 << 17;

  /** Elements of all arrays that a query builds. Enforced by {@link Evaluation}. */
  static final long BUILT_ELEMENTS = 1 << 26;

  /** Bytes of an answer. Enforced by {@link io.refugium.fql4.wire.AnswerText}. */
  public static final int ANSWER_BYTES = 1 << 28;

  /** Characters of all the shapes of requests that are kept compiled. */
  static final int CACHED_PROGRAMS_LENGTH = 1 << 20;

  /** A request longer than this is compiled anew each time. */
  static final int CACHED_PROGRAM_BYTES = 8_192;

  /** Units of compute in one operation of the metrics. */
  static final int UNITS_PER_OP = 50;

  /** How much work may pass between two looks at the deadline. */
  static final long UNITS_BETWEEN_LOOKS_AT_THE_CLOCK = 16;

  /** What a long step of a binding counts for each time it would have looked at the clock. */
  static final long UNITS_OF_A_LONG_STEP = 6_000;

  /** Days of life that a collection can give its documents: what the calendar holds. */
  public static final long MAX_TTL_DAYS = 300_000_000_000L;

  private Limits() {}
}
