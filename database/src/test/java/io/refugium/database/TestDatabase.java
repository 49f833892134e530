package io.refugium.database;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.index.IndexScan;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import io.refugium.storage.Store;
import io.refugium.storage.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A database in memory with shorthands for tests. */
final class TestDatabase implements AutoCloseable {
  final Store store;
  final Database database;

  TestDatabase() {
    this(Hooks.NONE);
  }

  TestDatabase(Hooks hooks) {
    this(new MemoryStore(), hooks);
  }

  TestDatabase(Store store, Hooks hooks) {
    this.store = store;
    this.database = Database.open(store, hooks);
  }

  static TransactionOptions options() {
    return TransactionOptions.within(Duration.ofSeconds(60).toNanos());
  }

  <T> T run(Database.Body<T> body) {
    return database.execute(options(), body).value();
  }

  /** Runs a transaction and returns its time. */
  long at(Consumer<Transaction> body) {
    return database
        .execute(
            options(),
            transaction -> {
              body.accept(transaction);
              return null;
            })
        .time();
  }

  Ref collection(String name) {
    return run(t -> createCollection(t, Ref.ROOT, name, object("history_days", value(0L))));
  }

  static Ref createCollection(Transaction t, long scope, String name, ObjectValue fields) {
    Ref ref = t.newRef(scope, SystemCollections.COLLECTION);
    t.create(ref, merged(fields, object("name", name)));
    return ref;
  }

  /** An index of FQL v4: terms and values are paths below {@code data}. */
  IndexDef index(
      String name, Ref collection, boolean unique, List<String> terms, List<String> values) {
    run(
        t ->
            t.create(
                t.newRef(Ref.ROOT, SystemCollections.INDEX),
                object(
                    "name", name,
                    "source", collection,
                    "terms", paths(terms),
                    "values", paths(values),
                    "unique", unique)));
    return run(t -> t.catalog(Ref.ROOT).index(name));
  }

  static ArrayValue paths(List<String> names) {
    return new ArrayValue(
        names.stream()
            .<Value>map(name -> object("field", ArrayValue.of(value("data"), value(name))))
            .toList());
  }

  static Ref in(Ref collection, long id) {
    return new Ref(collection.scope(), (int) collection.id(), id);
  }

  static ObjectValue data(Object... fields) {
    return object("data", object(fields));
  }

  /** An object from names and values in turn. */
  static ObjectValue object(Object... fields) {
    ObjectValue.Builder builder = ObjectValue.builder();
    for (int i = 0; i < fields.length; i += 2) {
      builder.put((String) fields[i], value(fields[i + 1]));
    }
    return builder.build();
  }

  static ObjectValue merged(ObjectValue first, ObjectValue second) {
    ObjectValue.Builder builder = first.toBuilder();
    second.forEach(field -> builder.put(field.getKey(), field.getValue()));
    return builder.build();
  }

  static Value value(Object value) {
    return switch (value) {
      case null -> NullValue.NULL;
      case Value v -> v;
      case String s -> new StringValue(s);
      case Integer i -> new LongValue(i);
      case Long l -> new LongValue(l);
      case Double d -> new DoubleValue(d);
      case Boolean b -> BooleanValue.of(b);
      case Object[] array -> new ArrayValue(Arrays.stream(array).map(TestDatabase::value).toList());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  static List<Value> values(Object... values) {
    return Arrays.stream(values).map(TestDatabase::value).toList();
  }

  /** The ids of the documents of the entries with these terms. */
  static List<Long> ids(Transaction t, IndexDef index, long at, Object... terms) {
    List<Long> ids = new ArrayList<>();
    try (IndexScan scan = t.sets().scan(index, values(terms), at, Direction.ASCENDING)) {
      while (scan.next()) {
        ids.add(scan.ref().id());
      }
    }
    return ids;
  }

  List<Long> ids(IndexDef index, Object... terms) {
    return run(t -> ids(t, t.catalog(Ref.ROOT).index(index.id()), Transaction.NOW, terms));
  }

  static List<Long> ids(Transaction t, Ref collection, long at) {
    List<Long> ids = new ArrayList<>();
    try (DocumentScan scan =
        t.sets().scan(collection.scope(), (int) collection.id(), at, Direction.ASCENDING)) {
      while (scan.next()) {
        ids.add(scan.ref().id());
      }
    }
    return ids;
  }

  Document read(Ref ref) {
    return run(t -> t.read(ref));
  }

  List<Long> idsOf(Ref collection) {
    return run(t -> ids(t, collection, Transaction.NOW));
  }

  @Override
  public void close() {
    database.close();
  }
}
