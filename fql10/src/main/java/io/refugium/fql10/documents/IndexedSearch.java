package io.refugium.fql10.documents;

import io.refugium.access.ReadTime;
import io.refugium.access.Session;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.catalog.IndexDef.Component;
import io.refugium.database.catalog.IndexDef.Extractor;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FieldTest;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue.Elements;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the documents of a collection that may pass some tests by an index, instead of looking at
 * each.
 *
 * <p>What it leaves out fails a test; what it finds it gives in the order of the collection, by id,
 * and only what may be read. So nobody can tell it from looking at all documents, but for the time
 * it takes.
 */
final class IndexedSearch {
  /**
   * Documents that an index has in another order than that of ids are sorted. If there are more
   * than these, looking at all documents finds some soon enough.
   */
  static final int MAX_SORTED = 1_000;

  /** How many look-ups one search makes: equal numbers of several types are several terms. */
  private static final int MAX_LOOKUPS = 8;

  private final Session session;
  private final CollectionDef collection;
  private final ReadTime time;
  private final Plan plan;

  private IndexedSearch(Session session, CollectionDef collection, ReadTime time, Plan plan) {
    this.session = session;
    this.collection = collection;
    this.time = time;
    this.plan = plan;
  }

  /**
   * How to use an index.
   *
   * @param lookups tuples of terms
   * @param range what the first value has to be; null if it does not matter
   */
  private record Plan(IndexDef index, List<List<Value>> lookups, FieldDemand range) {
    boolean isOrderedById() {
      return index.values().isEmpty();
    }

    /** Greater is better: look-ups by more terms, then those whose result need not be sorted. */
    int rank() {
      return index.terms().size() * 4 + (isOrderedById() ? 2 : 0) + (range == null ? 0 : 1);
    }
  }

  /** The best search there is; none if no index helps or may be used. */
  static Optional<IndexedSearch> of(QueryContext context, int id, List<FieldTest> tests) {
    Session session = StoredDocuments.of(context).session();
    CollectionDef collection = session.catalog().collection(id);
    if (collection == null
        || session.wroteDefinitionOf(id)
        || !session.v10().hasSomeRead(collection)
        || isOlderThanSchema(context, session)) {
      return Optional.empty();
    }
    Map<String, FieldDemand> demands = demands(context, collection, tests);
    Plan best = null;
    for (IndexDef index : collection.indexes()) {
      Plan plan = plan(collection, index, demands);
      if (plan != null && (best == null || plan.rank() > best.rank())) {
        best = plan;
      }
    }
    ReadTime time = StoredSets.readTime(context, QueryContext.NOW);
    return best == null
        ? Optional.empty()
        : Optional.of(new IndexedSearch(session, collection, time, best));
  }

  /** Whether what is read was written before an index may have been made. */
  private static boolean isOlderThanSchema(QueryContext context, Session session) {
    return context.readTime() != QueryContext.NOW
        && (!context.isContinuing() || context.readTime() < session.catalog().version());
  }

  // Computed fields may fail, so no test after one may be looked at.
  private static Map<String, FieldDemand> demands(
      QueryContext context, CollectionDef collection, List<FieldTest> tests) {
    Map<String, FieldDemand> demands = new HashMap<>();
    for (FieldTest test : tests) {
      if (collection.computedFields().has(test.field())) {
        break;
      }
      if (!FieldNames.isHidden(test.field())) {
        FieldDemand known = demands.getOrDefault(test.field(), FieldDemand.NONE);
        demands.put(test.field(), known.and(context, test));
      }
    }
    return demands;
  }

  // ---------------------------------------------------------------- choosing an index

  private static Plan plan(
      CollectionDef collection, IndexDef index, Map<String, FieldDemand> demands) {
    if (index.language() != IndexDef.Language.V10 || !index.isActive() || !index.serialized()) {
      return null;
    }
    List<List<Value>> lookups = List.of(List.of());
    for (Component term : index.terms()) {
      FieldDemand demand = demandOf(term, demands);
      if (demand.equal() == null || lookups.size() * demand.equal().size() > MAX_LOOKUPS) {
        return null;
      }
      lookups = extended(lookups, demand.equal());
    }
    if (index.values().isEmpty()) {
      return new Plan(index, lookups, null);
    }
    FieldDemand range = demandOf(index.values().getFirst(), demands).asRange();
    boolean narrows = range != null || !index.terms().isEmpty();
    return narrows && isComplete(collection, index, range != null)
        ? new Plan(index, lookups, range)
        : null;
  }

  private static List<List<Value>> extended(List<List<Value>> lookups, List<Value> values) {
    List<List<Value>> all = new ArrayList<>();
    for (List<Value> lookup : lookups) {
      for (Value value : values) {
        List<Value> terms = new ArrayList<>(lookup);
        terms.add(value);
        all.add(terms);
      }
    }
    return all;
  }

  private static FieldDemand demandOf(Component component, Map<String, FieldDemand> demands) {
    return fieldOf(component).map(demands::get).orElse(FieldDemand.NONE);
  }

  private static Optional<String> fieldOf(Component component) {
    return component.extractor() instanceof Extractor.Path(List<Object> steps)
            && !component.mva()
            && !component.casefold()
            && steps.size() == 2
            && steps.getFirst().equals(FieldNames.DATA)
            && steps.getLast() instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /**
   * Whether the index has all documents that may pass: entries with large values are not stored, so
   * the values must be of types that are small.
   */
  private static boolean isComplete(CollectionDef collection, IndexDef index, boolean ranged) {
    return index.values().stream()
        .skip(ranged ? 1 : 0)
        .allMatch(value -> fieldOf(value).filter(name -> isSmall(collection, name)).isPresent());
  }

  private static boolean isSmall(CollectionDef collection, String field) {
    Value declared = collection.fields().get(field);
    if (!(declared instanceof ObjectValue definition)
        || !(definition.get("signature") instanceof StringValue(String signature))) {
      return false;
    }
    return switch (signature.strip()) {
      case "Int", "Int?", "Long", "Long?", "Double", "Double?", "Number", "Number?" -> true;
      case "Boolean", "Boolean?", "Time", "Time?", "Date", "Date?" -> true;
      default -> false;
    };
  }

  // ---------------------------------------------------------------- reading

  /**
   * Starts to read.
   *
   * @param position the id after which to start, or null
   * @return empty if there are too many candidates
   */
  Optional<Elements> open(Value position, boolean descending) {
    if (position != null && !(position instanceof LongValue)) {
      throw Errors.invalidCursor();
    }
    Long last = position instanceof LongValue(long id) ? id : null;
    return plan.isOrderedById()
        ? Optional.of(new Merged(lookUp(last, descending), last, descending))
        : sorted(last, descending);
  }

  private List<IndexScan> lookUp(Long last, boolean descending) {
    List<IndexScan> scans = new ArrayList<>();
    for (List<Value> terms : plan.lookups()) {
      IndexScan scan = scan(terms, descending ? Direction.DESCENDING : Direction.ASCENDING);
      if (last != null) {
        Ref ref = new Ref(collection.scope(), collection.id(), last);
        scan.seek(descending ? Position.before(List.of(), ref) : Position.after(List.of(), ref));
      }
      scans.add(scan);
    }
    return scans;
  }

  private IndexScan scan(List<Value> terms, Direction direction) {
    return session.v10().scan(collection, plan.index(), terms, time, direction);
  }

  private Optional<Elements> sorted(Long last, boolean descending) {
    List<Ref> found = new ArrayList<>();
    for (List<Value> terms : plan.lookups()) {
      if (!collect(terms, found)) {
        return Optional.empty();
      }
    }
    found.removeIf(ref -> last != null && (descending ? ref.id() >= last : ref.id() <= last));
    found.sort(
        descending
            ? (left, right) -> Long.compare(right.id(), left.id())
            : (left, right) -> Long.compare(left.id(), right.id()));
    return Optional.of(new Listed(found, last));
  }

  /** Adds the documents of one look-up; false if there are too many. */
  private boolean collect(List<Value> terms, List<Ref> found) {
    FieldDemand range = plan.range();
    try (IndexScan scan = scan(terms, range == null ? Direction.ASCENDING : direction(range))) {
      if (range != null) {
        scan.seek(start(range));
      }
      while (scan.next() && (range == null || isWithin(range, scan.values().getFirst()))) {
        if (found.size() == MAX_SORTED) {
          return false;
        }
        found.add(scan.ref());
      }
      return true;
    }
  }

  private Direction direction(FieldDemand range) {
    boolean upwards = range.low() != null;
    return upwards == plan.index().values().getFirst().reverse()
        ? Direction.DESCENDING
        : Direction.ASCENDING;
  }

  private Position start(FieldDemand range) {
    List<Value> bound = List.of(range.low() != null ? range.low() : range.high());
    return direction(range) == Direction.ASCENDING
        ? Position.before(bound, null)
        : Position.after(bound, null);
  }

  private static boolean isWithin(FieldDemand range, Value value) {
    return FieldDemand.sameKind(range.low() != null ? range.low() : range.high(), value)
        && (range.low() == null || range.high() == null || !range.endsBefore(value));
  }

  /** Documents that are known already. */
  private static final class Listed implements Elements {
    private final List<Ref> documents;
    private Value position;
    private int next;

    Listed(List<Ref> documents, Long last) {
      this.documents = documents;
      this.position = last == null ? null : new LongValue(last);
    }

    @Override
    public Value next() {
      if (!hasMore()) {
        return null;
      }
      Ref document = documents.get(next++);
      position = new LongValue(document.id());
      return document;
    }

    @Override
    public boolean hasMore() {
      return next < documents.size();
    }

    @Override
    public Value position() {
      return position;
    }
  }

  /** The documents of several scans that are in the order of ids. */
  private static final class Merged implements Elements {
    private final List<IndexScan> scans;
    private final Ref[] heads;
    private final boolean descending;
    private Value position;

    Merged(List<IndexScan> scans, Long last, boolean descending) {
      this.scans = scans;
      this.heads = new Ref[scans.size()];
      this.descending = descending;
      this.position = last == null ? null : new LongValue(last);
    }

    @Override
    public Value next() {
      OptionalInt first = first();
      if (first.isEmpty()) {
        return null;
      }
      Ref document = heads[first.getAsInt()];
      heads[first.getAsInt()] = null;
      position = new LongValue(document.id());
      return document;
    }

    @Override
    public boolean hasMore() {
      return first().isPresent();
    }

    @Override
    public Value position() {
      return position;
    }

    /** Which scan has the next document; heads are read again each time, as they may have grown. */
    private OptionalInt first() {
      int first = -1;
      for (int i = 0; i < heads.length; i++) {
        if (heads[i] == null && scans.get(i).next()) {
          heads[i] = scans.get(i).ref();
        }
        if (heads[i] != null && (first < 0 || isBefore(heads[i], heads[first]))) {
          first = i;
        }
      }
      return first < 0 ? OptionalInt.empty() : OptionalInt.of(first);
    }

    private boolean isBefore(Ref left, Ref right) {
      return descending ? left.id() > right.id() : left.id() < right.id();
    }
  }
}
