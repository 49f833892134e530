package io.refugium.fql10.events;

/** What a stream or feed tells (http specification, sections 12.2 and 12.4). */
public sealed interface Event {
  /** What telling it has cost. */
  EventStats stats();

  /** What happened to a document, seen from the set. */
  enum Type {
    ADD,
    UPDATE,
    REMOVE
  }

  /**
   * An element came, changed or went.
   *
   * @param data what is told of it, as JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Data(Type type, byte[] data, EventPosition position, EventStats stats) implements Event {}

  /** Nothing happened up to a place. */
  record Status(EventPosition position, EventStats stats) implements Event {}

  /**
   * There is an error; a stream ends with it.
   *
   * @param abort the value that a function aborted with, as JSON; null for other errors
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Failure(String code, String message, byte[] abort, EventStats stats) implements Event {

    /** The start lies before what is kept. */
    static Failure tooOld(EventPosition start) {
      return of(
          "invalid_stream_start_time",
          "Stream start time "
              + io.refugium.model.TimeValue.ofMicros(start.time()).value()
              + " is too far in the past. Recreate the stream and try again.");
    }

    /** More happened than an opened stream catches up with. */
    static Failure replayTooLong() {
      return of(
          "stream_replay_volume_exceeded",
          "Too many events to replay. Recreate the stream and try again.");
    }

    /** Whoever opened the stream has no longer the rights it was opened with. */
    static Failure rightsLost() {
      return of("permission_loss", "Stream authentication is no longer valid.");
    }

    private static Failure of(String code, String message) {
      return new Failure(code, message, null, EventStats.NONE);
    }
  }
}
