package io.refugium.storage.rocks;

import io.refugium.storage.Durability;
import io.refugium.storage.MicroClock;
import java.util.function.LongSupplier;

/**
 * How a store is opened.
 *
 * @param durability what an acknowledged commit survives
 * @param clock microseconds since the epoch; may stand still or step back
 * @param blockCacheBytes memory for blocks read from disk; used as data is read, not up front
 * @param writeBufferBytes memory for writes not yet in data files, and so roughly what has to be
 *     replayed when opening after a crash
 */
public record RocksSettings(
    Durability durability, LongSupplier clock, long blockCacheBytes, long writeBufferBytes) {
  private static final long MIB = 1024 * 1024;

  /** Fsync, the system's clock, 128 MiB of cache and 32 MiB of write buffers. */
  public static RocksSettings defaults() {
    return new RocksSettings(Durability.FSYNC, MicroClock.system(), 128 * MIB, 32 * MIB);
  }

  /** The same with another durability. */
  public RocksSettings withDurability(Durability other) {
    return new RocksSettings(other, clock, blockCacheBytes, writeBufferBytes);
  }

  /** The same with another clock. */
  public RocksSettings withClock(LongSupplier other) {
    return new RocksSettings(durability, other, blockCacheBytes, writeBufferBytes);
  }

  /** The same with another block cache. */
  public RocksSettings withBlockCacheBytes(long other) {
    return new RocksSettings(durability, clock, other, writeBufferBytes);
  }

  /** The same with other write buffers. */
  public RocksSettings withWriteBufferBytes(long other) {
    return new RocksSettings(durability, clock, blockCacheBytes, other);
  }
}
