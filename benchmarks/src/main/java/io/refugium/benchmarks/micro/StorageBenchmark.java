package io.refugium.benchmarks.micro;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.Version;
import io.refugium.storage.rocks.RocksSettings;
import io.refugium.storage.rocks.RocksStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the embedded engine costs by itself: reads of the present, and durable commits of three
 * writes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
public class StorageBenchmark {
  private static final int PAGE = 64;
  private static final int VALUE_BYTES = 250;
  private static final int LOAD_STEP = 1000;

  /** How many keys the store holds. */
  @Param({"1000", "300000"})
  public int keys;

  private Path directory;
  private RocksStore store;

  /** Fills a store in a temporary directory. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("refugium-benchmark");
    store = RocksStore.open(directory.resolve("data"), RocksSettings.defaults());
    SplittableRandom random = new SplittableRandom(1);
    for (int from = 0; from < keys; from += LOAD_STEP) {
      Commit.Builder commit = Commit.at(0);
      for (int i = from; i < from + LOAD_STEP; i++) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        commit.put(key(i), value);
      }
      store.commit(commit.build());
    }
  }

  /** Removes it again. */
  @TearDown
  public void close() throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * A key as the database layer makes them: a few numbers, then one that is spread over the
   * keyspace.
   */
  private static byte[] key(long number) {
    return ByteBuffer.allocate(26)
        .putLong(7)
        .put((byte) 3)
        .putLong(1024)
        .put((byte) 9)
        .putLong(number * 0x9E3779B97F4A7C15L)
        .array();
  }

  private byte[] anyKey() {
    return key(ThreadLocalRandom.current().nextInt(keys));
  }

  /** A request that reads one document: read point, reader, point read. */
  @Benchmark
  public Version pointRead() {
    try (Reader reader = store.reader()) {
      return reader.get(anyKey());
    }
  }

  /** A page of 64 entries from anywhere. */
  @Benchmark
  public void page(Blackhole sink) {
    try (Reader reader = store.reader()) {
      Cursor cursor = reader.scan(KeyRange.of(anyKey(), null), Direction.ASCENDING, PAGE);
      for (int i = 0; i < PAGE && cursor.next(); i++) {
        sink.consume(cursor.key());
        sink.consume(cursor.value());
      }
    }
  }

  /** A durable transaction that reads three keys and writes them; one writer. */
  @Benchmark
  @Threads(1)
  public CommitResult commitBy1() {
    return commit();
  }

  /** The same with eight writers. */
  @Benchmark
  @Threads(8)
  public CommitResult commitBy8() {
    return commit();
  }

  /** The same with sixty-four writers. */
  @Benchmark
  @Threads(64)
  public CommitResult commitBy64() {
    return commit();
  }

  private CommitResult commit() {
    try (Reader reader = store.reader()) {
      Commit.Builder commit = Commit.at(reader.at());
      long base = ThreadLocalRandom.current().nextLong();
      for (int i = 0; i < 3; i++) {
        byte[] key = key(base + i);
        reader.get(key);
        commit.read(key).put(key, new byte[VALUE_BYTES]);
      }
      return store.commit(commit.build());
    }
  }
}
