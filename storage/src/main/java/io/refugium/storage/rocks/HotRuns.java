package io.refugium.storage.rocks;

import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs of neighbouring keys that are walked again and again, such as the entries of an index with
 * one term: found here they cost no call into RocksDB. What {@link HotVersions} is to reads of
 * single keys, this is to ascending scans. Thread-safe.
 *
 * <p>Invariant: a run found here for a time tells all that the store has in its range for that
 * time. Whoever wants to add one {@linkplain #claim claims} the range before making the iterator to
 * read it with, and the committer {@linkplain #end ends} claims and runs that it wrote into when
 * its batch is in RocksDB and not yet visible. So each commit either ends the claim, or was in
 * RocksDB before the iterator was made, which then meets a version newer than the reader's time:
 * either way nothing is added. And a reader that may see a commit began after what the commit wrote
 * into was ended.
 *
 * <p>Ranges never overlap, so that one look tells which run a key belongs to.
 */
final class HotRuns {
  /** Keys of a run: more than most pages take. */
  static final int MAX_KEYS = 128;

  /** Bytes of a run, about: with larger documents it holds fewer keys. */
  static final int MAX_RUN_BYTES = 64 * 1024;

  private static final long MAX_BYTES = 256L * 1024 * 1024;

  /** The part of the heap that runs may take. */
  private static final int HEAP_SHARE = 16;

  /**
   * One in so many scans that find nothing here reads a run: what is walked often is soon here, and
   * a walk over everything, once, costs little more.
   */
  private static final int RELUCTANCE = 4;

  private final ConcurrentSkipListMap<byte[], HotRun> runs =
      new ConcurrentSkipListMap<>(Keys.ORDER);

  private final long maxBytes;

  // Guarded by this, as are claims: all runs that were added and not forgotten yet, ended ones too.
  private final Queue<HotRun> added = new ArrayDeque<>();
  private long bytes;

  HotRuns(long heapBytes) {
    this.maxBytes = Math.min(MAX_BYTES, heapBytes / HEAP_SHARE);
  }

  /** The run with {@code key} in its range for a reader at {@code at}, or null. */
  HotRun find(byte[] key, long at) {
    HotRun run = at(key);
    if (run == null || !run.serves(at)) {
      return null;
    }
    run.use();
    return run;
  }

  private HotRun at(byte[] key) {
    Map.Entry<byte[], HotRun> entry = runs.floorEntry(key);
    return entry != null && entry.getValue().range().isBeforeEnd(key) ? entry.getValue() : null;
  }

  /** Whether a scan that found nothing shall read a run. */
  boolean wantsRun() {
    return ThreadLocalRandom.current().nextInt(RELUCTANCE) == 0;
  }

  /**
   * Claims the keys from {@code range.from()} on, up to its end or the next run. To be followed by
   * {@link #add} or {@link #end}.
   *
   * @return null when somebody has that place already
   */
  synchronized HotRun claim(KeyRange range) {
    byte[] from = range.from();
    if (at(from) != null) {
      return null;
    }
    byte[] next = runs.higherKey(from);
    byte[] to = next == null || !range.isBeforeEnd(next) ? range.to() : next;
    HotRun claim = HotRun.claim(KeyRange.of(from, to));
    runs.put(from, claim);
    return claim;
  }

  /** Puts a run into the place of its claim, unless that has been ended. */
  synchronized void add(HotRun claim, HotRun run) {
    if (!runs.replace(claim.range().from(), claim, run)) {
      return;
    }
    added.add(run);
    bytes += run.bytes();
    while (bytes > maxBytes) {
      forgetOne();
    }
  }

  /** The oldest run goes, unless it was used meanwhile. */
  private void forgetOne() {
    HotRun oldest = added.remove();
    if (oldest.wasUsed() && runs.get(oldest.range().from()) == oldest) {
      added.add(oldest);
    } else {
      end(oldest);
      bytes -= oldest.bytes();
    }
  }

  /** Takes a claim or run out. */
  void end(HotRun run) {
    runs.remove(run.range().from(), run);
  }

  /** Takes out the claim or run that a commit wrote {@code key} into, before it is visible. */
  void end(byte[] key) {
    // Again, because a claim may have become a run between the look and the removal.
    for (HotRun run = at(key); run != null; run = at(key)) {
      end(run);
    }
  }
}
