package io.refugium.benchmarks.micro;

import io.refugium.database.Database;
import io.refugium.database.Hooks;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.index.IndexScan;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import io.refugium.storage.Direction;
import io.refugium.storage.Durability;
import io.refugium.storage.rocks.RocksSettings;
import io.refugium.storage.rocks.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the database layer costs on the embedded engine, one transaction an operation. Writes are
 * not synced: the device is not what is measured here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
public class DatabaseBenchmark {
  private static final int PAGE = 64;
  private static final int GROUPS = 100;
  private static final int LOAD_STEP = 1000;

  /** How many documents the collection holds. */
  @Param({"1000", "100000"})
  public int documents;

  private Path directory;
  private Database database;
  private int collection;
  private int indexId;
  private byte[] encoded;

  /** Fills a database in a temporary directory. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("refugium-benchmark");
    RocksSettings settings = RocksSettings.defaults().withDurability(Durability.RELAXED);
    database = Database.open(RocksStore.open(directory.resolve("data"), settings), Hooks.NONE);
    Ref ref =
        run(
            t ->
                t.create(
                        t.newRef(Ref.ROOT, SystemCollections.COLLECTION),
                        ObjectValue.of("name", new StringValue("things")))
                    .ref());
    collection = (int) ref.id();
    indexId =
        (int)
            run(t -> t.create(t.newRef(Ref.ROOT, SystemCollections.INDEX), index(ref))).ref().id();
    for (int from = 0; from < documents; from += LOAD_STEP) {
      int start = from;
      run(
          t -> {
            for (int i = start; i < start + LOAD_STEP; i++) {
              t.put(new Ref(Ref.ROOT, collection, i), fields(i));
            }
            return null;
          });
    }
    encoded = ValueCodec.encode(fields(1), Ref.ROOT).bytes();
  }

  private static ObjectValue index(Ref collection) {
    return ObjectValue.builder()
        .put("name", new StringValue("by_group"))
        .put("source", collection)
        .put("terms", path("group"))
        .put("values", path("name"))
        .build();
  }

  private static Value path(String field) {
    return ObjectValue.of("field", ArrayValue.of(new StringValue("data"), new StringValue(field)));
  }

  private static ObjectValue fields(int i) {
    ObjectValue.Builder data = ObjectValue.builder();
    data.put("name", new StringValue("thing number " + i));
    data.put("group", new LongValue(i % GROUPS));
    data.put("street", new StringValue("87856 Mendota Court"));
    data.put("city", new StringValue("Washington"));
    data.put("numbers", ArrayValue.of(new LongValue(i), new LongValue(2), new LongValue(3)));
    data.put("nested", ObjectValue.of("state", new StringValue("DC")));
    return ObjectValue.of("data", data.build());
  }

  /** Removes it again. */
  @TearDown
  public void close() throws IOException {
    database.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private <T> T run(Database.Body<T> body) {
    return database.execute(TransactionOptions.within(TimeUnit.MINUTES.toNanos(1)), body).value();
  }

  /** A transaction that reads one document and looks at one field. */
  @Benchmark
  public Value pointRead() {
    Ref ref = new Ref(Ref.ROOT, collection, ThreadLocalRandom.current().nextInt(documents));
    return run(t -> t.read(ref).data().get("name"));
  }

  /** A page of covered values from an index with one term. */
  @Benchmark
  public void pageOfIndex(Blackhole sink) {
    List<Value> terms = List.of(new LongValue(ThreadLocalRandom.current().nextInt(GROUPS)));
    run(
        t -> {
          IndexDef index = t.catalog(Ref.ROOT).index(indexId);
          try (IndexScan scan = t.sets().scan(index, terms, Transaction.NOW, Direction.ASCENDING)) {
            for (int i = 0; i < PAGE && scan.next(); i++) {
              sink.consume(scan.values());
            }
          }
          return null;
        });
  }

  /** A page of documents of the collection, from somewhere. */
  @Benchmark
  public void pageOfDocuments(Blackhole sink) {
    long from = ThreadLocalRandom.current().nextInt(documents);
    run(
        t -> {
          try (DocumentScan scan =
              t.sets().scan(Ref.ROOT, collection, Transaction.NOW, Direction.ASCENDING)) {
            scan.seek(from);
            for (int i = 0; i < PAGE && scan.next(); i++) {
              sink.consume(scan.document());
            }
          }
          return null;
        });
  }

  /** A transaction that creates one document with one index entry. */
  @Benchmark
  public Document create() {
    int i = ThreadLocalRandom.current().nextInt();
    return run(t -> t.create(t.newRef(Ref.ROOT, collection), fields(i & Integer.MAX_VALUE)));
  }

  /** Decoding a stored document as far as one field. */
  @Benchmark
  public Value decodeOneField() {
    ObjectValue fields = ValueCodec.decodeObject(encoded, Ref.ROOT);
    return ((ObjectValue) fields.get("data")).get("city");
  }

  /** Decoding a stored document completely. */
  @Benchmark
  public int decodeAll() {
    return ValueCodec.decodeObject(encoded, Ref.ROOT).hashCode();
  }
}
