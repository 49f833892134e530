package io.refugium.fql10.runtime;

/** How large things may grow while a query runs (language specification, section 5.16). */
public final class Limits {
  /** What the error says about nested calls. */
  public static final int MAX_FRAMES = 2048;

  /** How many calls may be in progress; the outermost one is not counted by the message. */
  static final int MAX_CALLS = MAX_FRAMES + 1;

  /** The length of a string, in UTF-16 units. */
  public static final int MAX_STRING_LENGTH = 16_777_216;

  /** How many elements a set may have that is read as a whole; also the largest page. */
  public static final int MAX_ELEMENTS = 16_000;

  /**
   * How many bytes the strings and arrays that a query makes may have in all. The language sets no
   * such limit; without one, doubling a value again and again would use up the memory of the
   * server.
   */
  public static final long MAX_ALLOCATED_BYTES = 256L << 20;

  /**
   * How many documents a query remembers, those that do not exist included, so that a walk over a
   * large collection does not keep all of it. Forgetting costs nothing but looking again.
   */
  public static final int MAX_REMEMBERED = 1_000;

  /**
   * How many parts a value may have, each as often as it occurs. Values share their parts: without
   * such a limit, forty steps that each put a value into an array twice would make one that no
   * comparison gets to the end of.
   */
  public static final long MAX_PARTS = 1 << 22;

  /** The same for the description of a set in a cursor or an event source. */
  public static final long MAX_RECIPE_PARTS = 1 << 20;

  /** The size of a page unless a query says otherwise. */
  public static final int DEFAULT_PAGE_SIZE = 16;

  /** How many sets within sets are expanded in a result. */
  public static final int MAX_SET_DEPTH = 10;

  /** How deeply arrays and objects of a result may nest before it is refused. */
  public static final int MAX_RESULT_DEPTH = 1_000;

  /** How many bytes the answer to a query may have, so that no query takes all memory. */
  public static final int MAX_RESULT_BYTES = 1 << 28;

  private Limits() {}
}
