package io.refugium.storage;

/** What became of a commit. */
public sealed interface CommitResult {

  /**
   * The commit is durable (as far as {@link Durability} says) and visible to every read point
   * handed out from now on.
   *
   * @param time its commit time in microseconds since the epoch, greater than that of any other
   *     commit before it; the read point itself when there was nothing to write
   */
  record Committed(long time) implements CommitResult {}

  /**
   * Nothing was written: something the transaction read has changed since. Run it again at a new
   * read point.
   *
   * @param reason what was found
   * @param key the key whose change was in the way; null when the reason is {@link Reason#TOO_OLD}
   */
  record Conflict(Reason reason, byte[] key) implements CommitResult {}

  /** Why a commit was refused. */
  enum Reason {
    /** A key it read was written after its read point. */
    KEY,
    /** A key in a range it scanned was written after its read point. */
    RANGE,
    /** Its read point is older than the writes the store remembers for validation. */
    TOO_OLD
  }
}
