package io.refugium.database.view;

import io.refugium.database.view.WriteBuffer.Pending;
import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import java.util.Map;

/**
 * Walks over a range of keys as a transaction sees it: the snapshot merged with its own writes,
 * which may go on meanwhile. Remembers which part of the range it has looked at, and no more, so
 * that the commit can validate it.
 */
public final class RangeScan implements AutoCloseable {
  private static final int EXPECTED = 64;

  private final KeyRange range;
  private final Direction direction;
  private final Cursor stored;
  private final WriteBuffer own;
  private final ReadSet validated;

  private byte[] storedKey;
  private boolean storedEnded;

  /**
   * Where the part that was looked at begins, in the direction of the scan; null for the edge of
   * the range.
   */
  private byte[] segmentStart;

  /** The key the scan stands on, or where the next one is looked for when {@link #inclusive}. */
  private byte[] position;

  private boolean inclusive;
  private boolean moved;
  private boolean exhausted;
  private Pending ownCurrent;
  private boolean closed;

  /**
   * @param own the transaction's writes, or null to see none
   * @param validated where to note what was looked at, or null
   */
  RangeScan(
      Snapshot snapshot,
      KeyRange range,
      long at,
      Direction direction,
      WriteBuffer own,
      ReadSet validated) {
    this.range = range;
    this.direction = direction;
    this.stored = snapshot.scan(range, at, direction, EXPECTED);
    this.own = own;
    this.validated = validated;
  }

  public boolean next() {
    moved = true;
    while (true) {
      byte[] candidate = storedKey();
      Map.Entry<byte[], Pending> ownNext =
          own == null ? null : own.next(range, position, inclusive, direction);
      int order =
          ownNext == null ? -1 : candidate == null ? 1 : compare(candidate, ownNext.getKey());
      if (candidate == null && ownNext == null) {
        exhausted = true;
        return false;
      }
      if (order <= 0) {
        storedKey = null;
      }
      inclusive = false;
      if (order < 0) {
        position = candidate;
        ownCurrent = null;
        return true;
      }
      position = ownNext.getKey();
      ownCurrent = ownNext.getValue();
      if (!ownCurrent.isDeletion()) {
        return true;
      }
    }
  }

  private byte[] storedKey() {
    if (storedKey == null && !storedEnded) {
      if (stored.next()) {
        storedKey = stored.key();
      } else {
        storedEnded = true;
      }
    }
    return storedKey;
  }

  private int compare(byte[] a, byte[] b) {
    int order = Keys.compare(a, b);
    return direction == Direction.ASCENDING ? order : -order;
  }

  public byte[] key() {
    return position;
  }

  /** The value at the current key; an own write that waits for the commit time gives a stand-in. */
  public byte[] value() {
    return ownCurrent != null ? ownCurrent.write().value() : stored.value();
  }

  /** The own write at the current key, or null when it is the store's. */
  public Pending own() {
    return ownCurrent;
  }

  /** The commit time of the store's version at the current key. */
  public long time() {
    return stored.time();
  }

  /**
   * Continues with the first key beyond the given one, in the direction of the scan.
   *
   * @param including whether the key itself counts
   */
  public void seek(byte[] key, boolean including) {
    noteSegment();
    stored.seek(key);
    storedKey = null;
    storedEnded = false;
    if (!including && storedKey() != null && Keys.compare(storedKey, key) == 0) {
      storedKey = null;
    }
    segmentStart = key;
    position = key;
    inclusive = including;
    moved = false;
    exhausted = false;
    ownCurrent = null;
  }

  private void noteSegment() {
    if (!moved || validated == null) {
      return;
    }
    switch (direction) {
      case ASCENDING -> {
        byte[] from =
            segmentStart == null || Keys.compare(segmentStart, range.from()) < 0
                ? range.from()
                : segmentStart;
        validated.add(KeyRange.of(from, exhausted ? range.to() : Keys.successor(position)));
      }
      case DESCENDING -> {
        byte[] to =
            segmentStart == null || !range.isBeforeEnd(segmentStart)
                ? range.to()
                : Keys.successor(segmentStart);
        validated.add(KeyRange.of(exhausted ? range.from() : position, to));
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      noteSegment();
      stored.close();
    }
  }
}
