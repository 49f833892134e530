package io.refugium.database.sets;

/**
 * Walks over the entries of a set in one direction. Starts before the first; lazy: reads what is
 * asked for and little more. Not thread-safe; closed by whoever opened it.
 */
public interface EntryCursor extends AutoCloseable {
  /** How entries are built and ordered; the order does not depend on the direction of the walk. */
  Shape shape();

  /** Moves to the next entry; false when there is none. {@link #seek} may be used afterwards. */
  boolean next();

  /** The current entry; only after {@link #next} was true. */
  Entry entry();

  /**
   * Continues with the first entry beyond the gap in the direction of the walk: the first after it
   * when walking forwards, the last before it when walking backwards. Any gap, also one passed.
   */
  void seek(Bound bound);

  @Override
  void close();
}
