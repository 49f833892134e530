package io.refugium.fql10.events;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * A place between events: behind some document's change in a transaction. Cursors are such places.
 *
 * @param time of the transaction, in microseconds
 * @param ordinal the change in it; {@link #WHOLE} for behind all of them
 */
public record EventPosition(long time, int ordinal) {
  /** Behind all changes of a transaction. */
  public static final int WHOLE = Integer.MAX_VALUE;

  /** Before all changes of a transaction. */
  public static final int NONE = -1;

  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + Long.BYTES + Integer.BYTES;

  /** Behind everything up to a time. */
  public static EventPosition behind(long time) {
    return new EventPosition(time, WHOLE);
  }

  /** Whether a change of a transaction comes behind this place. */
  public boolean isBefore(long changeTime, int changeOrdinal) {
    return changeTime > time || (changeTime == time && changeOrdinal > ordinal);
  }

  /** The time after which to look for changes. */
  public long resumeAfter() {
    return ordinal == WHOLE ? time : time - 1;
  }

  /** As clients get it. */
  public String cursor() {
    byte[] bytes = ByteBuffer.allocate(BYTES).put(FORMAT).putLong(time).putInt(ordinal).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The place that a cursor names; empty if the text is none. */
  public static Optional<EventPosition> ofCursor(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    if (bytes.length != BYTES || bytes[0] != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    EventPosition position = new EventPosition(buffer.getLong(), buffer.getInt());
    return position.time >= 0 && position.ordinal >= NONE
        ? Optional.of(position)
        : Optional.empty();
  }
}
