package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RateLimiter;
import org.rocksdb.RateLimiterMode;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.SstFileManager;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The native side: an open RocksDB with its three column families, and how it is tuned.
 *
 * <ul>
 *   <li>{@link #versions}: {@link PhysicalKey} to value;
 *   <li>{@link #log}: commit time to {@link CommitLog} record;
 *   <li>{@link #meta}: a few named records.
 * </ul>
 *
 * <p>The callers see to it that nothing uses it after {@link #close}.
 */
final class Engine implements AutoCloseable {
  private static final byte[] META = RocksDB.DEFAULT_COLUMN_FAMILY;
  private static final byte[] VERSIONS = "versions".getBytes(StandardCharsets.UTF_8);
  private static final byte[] READ_POINT = "read-point".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LOG = "log".getBytes(StandardCharsets.UTF_8);

  private static final int BLOCK_BYTES = 8 * 1024;
  // Few and large: what does not fit into a shard is not cached at all.
  private static final int CACHE_SHARD_BITS = 2;
  private static final int OPEN_FILES = 512;
  private static final int BACKGROUND_JOBS = 2;

  /**
   * Data files go to the device in steps of so many bytes, one after the other: a sync of the log
   * waits for all that is on its way there.
   */
  private static final long SYNC_STEP_BYTES = 512 * 1024;

  /**
   * Files that are done with are deleted piece by piece, as fast as new ones are written: where
   * freed blocks are reported to the device, deleting a whole file holds up the sync of the log.
   */
  private static final long DELETED_PIECE_BYTES = 1024 * 1024;

  /** Nothing is deleted at once because much is waiting to be. */
  private static final double ANY_SHARE_OF_THE_DISK = 1e6;

  /**
   * Bytes a second that flushes and compactions write at most, handed out in small slices. What is
   * needed less is spread: a compaction at full speed takes one of few cores from the requests.
   */
  private static final long BACKGROUND_BYTES_PER_SECOND = 64L * 1024 * 1024;

  private static final long BACKGROUND_SLICE_MICROS = 10_000;
  private static final long MAX_INFO_LOG_BYTES = 1024 * 1024;

  private final List<RocksObject> options = new ArrayList<>();
  private final RocksDB db;
  private final ColumnFamilyHandle meta;
  private final ColumnFamilyHandle versions;
  private final ColumnFamilyHandle log;
  private final LRUCache cache;
  private final ReadOptions reads;
  private final WriteOptions synced;
  private final WriteOptions relaxed;

  /** What may become of the files that are opened. */
  private enum Mode {
    /** They are made. */
    CREATE,
    /** There are some; missing ones are an error. */
    WRITE,
    /** They are left as they are. */
    READ
  }

  private Engine(Path path, Mode mode, RocksSettings settings) throws RocksDBException {
    cache = own(new LRUCache(settings.blockCacheBytes(), CACHE_SHARD_BITS));
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    db = openDatabase(path, mode, settings.writeBufferBytes(), handles);
    meta = handles.get(0);
    versions = handles.get(1);
    log = handles.get(2);
    reads = own(new ReadOptions());
    synced = own(new WriteOptions().setSync(true));
    relaxed = own(new WriteOptions().setSync(false));
  }

  private RocksDB openDatabase(Path path, Mode mode, long buffer, List<ColumnFamilyHandle> handles)
      throws RocksDBException {
    try {
      DBOptions database = databaseOptions(mode == Mode.CREATE, buffer);
      List<ColumnFamilyDescriptor> families =
          List.of(
              new ColumnFamilyDescriptor(META, familyOptions(buffer / 8)),
              new ColumnFamilyDescriptor(VERSIONS, familyOptions(buffer)),
              new ColumnFamilyDescriptor(LOG, familyOptions(buffer / 4)));
      return mode == Mode.READ
          ? RocksDB.openReadOnly(database, path.toString(), families, handles)
          : RocksDB.open(database, path.toString(), families, handles);
    } catch (RocksDBException e) {
      options.reversed().forEach(RocksObject::close);
      throw e;
    }
  }

  /**
   * Opens the files in {@code path}.
   *
   * @param create whether a new database may be made; otherwise missing files are an error
   */
  static Engine open(Path path, boolean create, RocksSettings settings) {
    try {
      if (create) {
        Files.createDirectories(path);
      }
      return new Engine(path, create ? Mode.CREATE : Mode.WRITE, settings);
    } catch (RocksDBException e) {
      throw RocksErrors.translateOpening("cannot open the store in " + path, e);
    } catch (IOException e) {
      throw RocksErrors.translate("cannot create the store in " + path, e);
    }
  }

  /** Opens the files in {@code path}, and changes none of them. */
  static Engine openReadOnly(Path path, RocksSettings settings) {
    try {
      return new Engine(path, Mode.READ, settings);
    } catch (RocksDBException e) {
      throw RocksErrors.translateOpening("cannot read the store in " + path, e);
    }
  }

  private DBOptions databaseOptions(boolean create, long buffer) throws RocksDBException {
    return own(new DBOptions())
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        // An incomplete record at the very end was never acknowledged; damage anywhere else must
        // not be
        // mistaken for the end, or acknowledged commits would vanish silently.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setAvoidFlushDuringRecovery(true)
        .setSkipStatsUpdateOnDbOpen(true)
        .setDbWriteBufferSize(buffer)
        .setMaxTotalWalSize(2 * buffer)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setBytesPerSync(SYNC_STEP_BYTES)
        .setStrictBytesPerSync(true)
        .setRateLimiter(backgroundLimiter())
        .setSstFileManager(gradualDeletion())
        .setAvoidUnnecessaryBlockingIO(true)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
        .setKeepLogFileNum(2);
  }

  private RateLimiter backgroundLimiter() {
    return own(
        new RateLimiter(
            BACKGROUND_BYTES_PER_SECOND,
            BACKGROUND_SLICE_MICROS,
            RateLimiter.DEFAULT_FAIRNESS,
            RateLimiterMode.WRITES_ONLY,
            true));
  }

  private SstFileManager gradualDeletion() throws RocksDBException {
    return own(
        new SstFileManager(
            Env.getDefault(),
            null,
            BACKGROUND_BYTES_PER_SECOND,
            ANY_SHARE_OF_THE_DISK,
            DELETED_PIECE_BYTES));
  }

  private ColumnFamilyOptions familyOptions(long buffer) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(BLOCK_BYTES)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            // Index blocks stay small however large the file, so reading a key never loads a large
            // one.
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setFormatVersion(6);
    return own(new ColumnFamilyOptions())
        .setWriteBufferSize(buffer)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(table);
  }

  private <T extends RocksObject> T own(T object) {
    options.add(object);
    return object;
  }

  ColumnFamilyHandle versions() {
    return versions;
  }

  ColumnFamilyHandle log() {
    return log;
  }

  ColumnFamilyHandle meta() {
    return meta;
  }

  /** An iterator over the present state of a family; the caller closes it. */
  RocksIterator iterator(ColumnFamilyHandle family) {
    return db.newIterator(family, reads);
  }

  /** The value of a physical key, or null. */
  byte[] get(ColumnFamilyHandle family, byte[] key) {
    try {
      return db.get(family, reads, key);
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot read", e);
    }
  }

  /** Writes a batch atomically. */
  void write(WriteBatch batch, boolean sync) throws RocksDBException {
    db.write(sync ? synced : relaxed, batch);
  }

  /** The read point saved when the store was closed, 0 when it never was. */
  long loadReadPoint() {
    byte[] record = get(meta, READ_POINT);
    return record == null ? 0 : ByteBuffer.wrap(record).getLong();
  }

  void saveReadPoint(long readPoint) {
    try {
      db.put(meta, relaxed, READ_POINT, ByteBuffer.allocate(Long.BYTES).putLong(readPoint).array());
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot write", e);
    }
  }

  /** Throws what made an iterator stop, if it did not simply reach the end. */
  static void requireHealthy(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot read", e);
    }
  }

  void checkpoint(Path path) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(path.toString());
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot write the copy to " + path, e);
    }
  }

  long diskBytes() {
    return property("rocksdb.total-sst-files-size");
  }

  long memoryBytes() {
    return property("rocksdb.cur-size-all-mem-tables") + cacheUsage();
  }

  private long cacheUsage() {
    return cache.getUsage();
  }

  private long property(String name) {
    try {
      long sum = 0;
      for (ColumnFamilyHandle family : List.of(meta, versions, log)) {
        sum += db.getLongProperty(family, name);
      }
      return sum;
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot read the statistics", e);
    }
  }

  /**
   * Moves what is in write buffers to data files, so that the next start has nothing to replay.
   *
   * @throws StorageException when that fails; nothing is lost then, the next start replays
   */
  void flush() {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush, List.of(meta, versions, log));
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot flush", e);
    }
  }

  @Override
  public void close() {
    db.cancelAllBackgroundWork(true);
    meta.close();
    versions.close();
    log.close();
    db.close();
    options.reversed().forEach(RocksObject::close);
  }
}
