package io.refugium.storage.rocks;

import io.refugium.storage.Cursor;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.StorageException;

/**
 * An ascending scan: walks over {@linkplain HotRuns runs in memory} as far as there are any, and
 * goes on in RocksDB where they end.
 */
final class AscendingCursor implements Cursor {
  private final RocksReader reader;
  private final KeyRange range;

  /** Where the scan goes on when there is neither a run nor a place in RocksDB. */
  private byte[] position;

  private HotRun run; // null when the scan is in RocksDB or nowhere
  private int index;
  private ForwardCursor cold; // made when it is first needed
  private boolean inCold;
  private boolean onEntry;
  private boolean closed;

  AscendingCursor(RocksReader reader, KeyRange range) {
    this.reader = reader;
    this.range = range;
    this.position = range.from();
  }

  @Override
  public boolean next() {
    requireOpen();
    onEntry = !range.isEmpty() && (inCold ? cold.next() : advance());
    reader.checkFloor(range);
    return onEntry;
  }

  private boolean advance() {
    while (true) {
      if (run != null) {
        index++;
        if (index < run.size()) {
          return range.isBeforeEnd(run.key(index));
        }
        position = run.range().to();
        run = null;
      }
      if (position == null || !range.isBeforeEnd(position)) {
        return false;
      }
      reader.checkFloor(range); // or a refusal would tell the floor of what is left of the range
      run = reader.hotRun(KeyRange.of(position, range.to()));
      if (run == null) {
        return goOnInCold();
      }
      index = run.indexOf(position) - 1;
    }
  }

  private boolean goOnInCold() {
    if (cold == null) {
      cold = new ForwardCursor(reader, range);
    }
    cold.seek(position);
    inCold = true;
    return cold.next();
  }

  @Override
  public byte[] key() {
    requireEntry();
    return inCold ? cold.key() : run.key(index);
  }

  @Override
  public byte[] value() {
    requireEntry();
    return inCold ? cold.value() : run.value(index);
  }

  @Override
  public long time() {
    requireEntry();
    return inCold ? cold.time() : run.time(index);
  }

  @Override
  public void seek(byte[] key) {
    requireOpen();
    onEntry = false;
    inCold = false;
    position = Keys.compare(key, range.from()) < 0 ? range.from() : key;
    if (run != null && run.range().contains(position)) {
      index = run.indexOf(position) - 1;
    } else {
      run = null;
    }
  }

  private void requireEntry() {
    requireOpen();
    if (!onEntry) {
      throw new IllegalStateException("the cursor is not on an entry");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException.Closed("the cursor is closed");
    }
    reader.requireOpen();
  }

  @Override
  public void close() {
    closed = true;
    if (cold != null) {
      cold.close();
    }
  }
}
