package io.refugium.database.view;

import io.refugium.storage.Commit;
import io.refugium.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;

/** What a transaction read of the present, and so must still be true when it commits. */
public final class ReadSet {
  private final List<byte[]> keys = new ArrayList<>();
  private final List<KeyRange> ranges = new ArrayList<>(0);
  private long bytes;

  public void add(byte[] key) {
    keys.add(key);
    bytes += key.length;
  }

  public void add(KeyRange range) {
    if (!range.isEmpty()) {
      ranges.add(range);
      bytes += range.from().length + (range.to() == null ? 0 : range.to().length);
    }
  }

  /** Bytes of the keys, for the limit of a transaction. */
  public long bytes() {
    return bytes;
  }

  public void addTo(Commit.Builder commit) {
    keys.forEach(commit::read);
    ranges.forEach(commit::read);
  }
}
