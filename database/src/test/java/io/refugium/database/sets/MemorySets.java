package io.refugium.database.sets;

import io.refugium.database.EntryEvent;
import io.refugium.database.FieldMatch;
import io.refugium.database.Transaction;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.document.Version;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A database for sets that keeps everything in lists and does everything the plainest way. */
final class MemorySets implements SetReader {
  /** An entry of an index. */
  record Row(List<Value> terms, List<Value> values, Ref ref) {}

  private final Map<Ref, Shape> shapes = new HashMap<>();
  private final Map<Ref, List<Row>> rows = new HashMap<>();
  private final Map<Integer, TreeSet<Long>> documents = new HashMap<>();
  private final Map<Ref, List<EntryEvent>> indexEvents = new HashMap<>();
  private final Map<Ref, List<Version>> versions = new HashMap<>();

  /** How many entries were looked at. */
  int steps;

  void index(Ref index, Shape shape, List<Row> entries) {
    shapes.put(index, shape);
    List<Row> sorted = new ArrayList<>(entries);
    sorted.sort((a, b) -> shape.compare(entry(a), entry(b)));
    rows.put(index, sorted);
  }

  void document(Ref ref) {
    documents.computeIfAbsent(ref.collection(), _ -> new TreeSet<>()).add(ref.id());
  }

  void events(Ref index, List<EntryEvent> events) {
    indexEvents.put(index, events);
  }

  void versions(Ref ref, List<Version> history) {
    versions.put(ref, history);
  }

  private static Entry entry(Row row) {
    return new Entry(row.values(), row.ref(), List.of());
  }

  @Override
  public Shape shapeOf(Ref index) {
    return shapes.get(index);
  }

  @Override
  public IndexScan scan(Ref index, List<Value> terms, long at, Direction direction) {
    Shape shape = shapes.get(index);
    List<Row> matching = rows.get(index).stream().filter(row -> row.terms().equals(terms)).toList();
    return new ListScan(
        shape, direction == Direction.ASCENDING ? matching : matching.reversed(), direction);
  }

  @Override
  public DocumentScan scan(long scope, int collection, long at, Direction direction) {
    TreeSet<Long> ids = documents.getOrDefault(collection, new TreeSet<>());
    boolean ascending = direction == Direction.ASCENDING;
    return new DocumentScan() {
      private Iterator<Long> rest = (ascending ? ids : ids.descendingSet()).iterator();
      private long current;

      @Override
      public boolean next() {
        steps++;
        if (!rest.hasNext()) {
          return false;
        }
        current = rest.next();
        return true;
      }

      @Override
      public Ref ref() {
        return new Ref(scope, collection, current);
      }

      @Override
      public Document document() {
        return new Document(ref(), 0, ObjectValue.EMPTY);
      }

      @Override
      public void seek(long id) {
        rest =
            (ascending ? ids.tailSet(id, true) : ids.headSet(id, true).descendingSet()).iterator();
      }

      @Override
      public void discreet() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public DocumentScan candidates(
      long scope, int collection, List<FieldMatch> matches, Direction direction) {
    return scan(scope, collection, Transaction.NOW, direction);
  }

  @Override
  public boolean exists(Ref ref, long at) {
    return documents.getOrDefault(ref.collection(), new TreeSet<>()).contains(ref.id());
  }

  @Override
  public List<EntryEvent> events(Ref index, List<Value> terms, long from, long to) {
    return indexEvents.getOrDefault(index, List.of()).stream()
        .filter(event -> event.ts() >= from && event.ts() < to)
        .toList();
  }

  @Override
  public List<EntryEvent> events(long scope, int collection, long from, long to) {
    return List.of();
  }

  @Override
  public Iterator<Version> versions(Ref ref, long from, long to, Direction direction) {
    List<Version> history = versions.getOrDefault(ref, List.of());
    return (direction == Direction.ASCENDING ? history : history.reversed())
        .stream()
            .filter(version -> version.ts() >= from && version.ts() < to)
            .peek(_ -> steps++)
            .iterator();
  }

  @Override
  public void checkDeadline() {}

  private final class ListScan implements IndexScan {
    private final Shape shape;
    private final List<Row> rows;
    private final boolean ascending;
    private int next;
    private Row current;

    ListScan(Shape shape, List<Row> rows, Direction direction) {
      this.shape = shape;
      this.rows = rows;
      this.ascending = direction == Direction.ASCENDING;
    }

    @Override
    public boolean next() {
      steps++;
      if (next == rows.size()) {
        return false;
      }
      current = rows.get(next++);
      return true;
    }

    @Override
    public List<Value> values() {
      return current.values();
    }

    @Override
    public Ref ref() {
      return current.ref();
    }

    @Override
    public void seek(Position position) {
      List<Value> components = new ArrayList<>(position.values());
      if (position.ref() != null) {
        components.add(position.ref());
      }
      Bound bound =
          new Bound(
              components,
              position.edge() == Position.Edge.BEFORE ? Bound.Edge.BEFORE : Bound.Edge.AFTER);
      next = 0;
      while (next < rows.size() && shape.compare(entry(rows.get(next)), bound) > 0 != ascending) {
        next++;
      }
    }

    @Override
    public void discreet() {}

    @Override
    public void close() {}
  }
}
