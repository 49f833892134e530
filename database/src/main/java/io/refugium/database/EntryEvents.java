package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.view.View;
import io.refugium.database.view.WriteBuffer.Pending;
import io.refugium.model.KeyDecoder;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.VersionCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What came into a set and left it: the versions of the keys that make up the set (spec: fql4
 * 11.3). What happened before the earliest readable time is merged into it.
 */
final class EntryEvents {
  /** What a key stands for. */
  private record Subject(List<Value> values, Ref ref) {}

  private static final Comparator<EntryEvent> ORDER =
      Comparator.comparingLong(EntryEvent::ts)
          .thenComparing(EntryEvent::added)
          .thenComparing(EntryEvent::ref, ValueOrder::compareRefs)
          .thenComparing(EntryEvent::values, ValueOrder.INSTANCE::compare);

  private final Transaction transaction;
  private final View view;
  private final KeyRange range;
  private final Function<byte[], Subject> subjects;
  private final long floor;
  private final long from;
  private final long to;
  private final List<EntryEvent> events = new ArrayList<>();

  private EntryEvents(
      Transaction transaction,
      KeyRange range,
      Function<byte[], Subject> subjects,
      long floor,
      long from,
      long to) {
    this.transaction = transaction;
    this.view = transaction.view();
    this.range = range;
    this.subjects = subjects;
    this.floor = floor;
    this.from = from;
    this.to = to;
  }

  static List<EntryEvent> ofIndex(
      Transaction transaction,
      Catalog catalog,
      IndexDef index,
      List<Value> terms,
      long floor,
      long from,
      long to) {
    byte[] prefix = EntryKeys.prefix(index, terms);
    boolean[] descending = index.descending();
    Function<byte[], Subject> subjects =
        key -> {
          KeyDecoder.Entry entry = EntryKeys.decode(key, prefix.length, index.scope(), descending);
          return DocumentWriter.isReachable(catalog, entry.ref())
              ? new Subject(entry.values(), entry.ref())
              : null;
        };
    return new EntryEvents(transaction, KeyRange.prefix(prefix), subjects, floor, from, to)
        .collect();
  }

  static List<EntryEvent> ofCollection(
      Transaction transaction, long scope, int collection, long floor, long from, long to) {
    Function<byte[], Subject> subjects = key -> new Subject(List.of(), Keyspace.documentRef(key));
    return new EntryEvents(
            transaction, Keyspace.documents(scope, collection), subjects, floor, from, to)
        .collect();
  }

  private List<EntryEvent> collect() {
    view.reads.add(range);
    Set<ByteBuffer> present = new HashSet<>();
    addCommitted(present);
    if (to == Transaction.NOW) {
      addOwn(present);
    }
    events.sort(ORDER);
    return events;
  }

  private void addCommitted(Set<ByteBuffer> present) {
    try (VersionCursor versions = view.snapshot.versions(range, 0, Long.MAX_VALUE)) {
      byte[] key = null;
      List<Long> times = new ArrayList<>();
      List<Boolean> states = new ArrayList<>();
      while (versions.next()) {
        transaction.tick();
        if (key != null && Keys.compare(key, versions.key()) != 0) {
          addKey(key, times, states, present);
        }
        if (times.isEmpty()) {
          key = versions.key();
        }
        times.add(versions.time());
        states.add(versions.value() != null);
      }
      if (key != null) {
        addKey(key, times, states, present);
      }
    }
  }

  /** Adds the events of one key, whose versions are given newest first; empties the lists. */
  private void addKey(byte[] key, List<Long> times, List<Boolean> states, Set<ByteBuffer> present) {
    int oldest = 0;
    while (oldest < times.size() - 1 && times.get(oldest) > floor) {
      oldest++;
    }
    boolean was = false;
    for (int i = oldest; i >= 0; i--) {
      boolean is = states.get(i);
      if (is != was) {
        add(key, times.get(i), is);
      }
      was = is;
    }
    if (states.getFirst()) {
      present.add(ByteBuffer.wrap(key));
    }
    times.clear();
    states.clear();
  }

  private void addOwn(Set<ByteBuffer> present) {
    byte[] bound = null;
    while (true) {
      Map.Entry<byte[], Pending> own = view.writes.next(range, bound, false, Direction.ASCENDING);
      if (own == null) {
        return;
      }
      bound = own.getKey();
      boolean is = !own.getValue().isDeletion();
      if (is != present.contains(ByteBuffer.wrap(bound))) {
        add(bound, Document.UNCOMMITTED, is);
      }
    }
  }

  private void add(byte[] key, long time, boolean added) {
    if (time < from || (time >= to && to != Transaction.NOW)) {
      return;
    }
    if (events.size() >= Limits.HISTORY_EVENTS) {
      throw DatabaseException.TooLarge.history();
    }
    Subject subject = subjects.apply(key);
    if (subject != null) {
      events.add(new EntryEvent(time, added, subject.values(), subject.ref()));
    }
  }
}
