package io.refugium.fql10.documents;

import io.refugium.access.ReadTime;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.fql10.sets.Sources;
import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The documents that an index finds, in its order, as far as they may be read (library
 * specification, section 15.2).
 *
 * @param definition the collection
 * @param terms what is looked up
 * @param from where the range starts in index order: a prefix of the values; null for no start
 * @param to where it ends, inclusive; null for no end
 * @param readTime when it is read, or {@link QueryContext#NOW}
 * @param span the argument list of the call; null after resuming from a cursor
 */
record IndexSet(
    CollectionDef definition,
    CollectionDef.NamedIndex index,
    List<Value> terms,
    List<Value> from,
    List<Value> to,
    boolean descending,
    long readTime,
    Span span)
    implements StoredSet {

  private boolean ranged() {
    return from != null || to != null;
  }

  @Override
  public Elements open(QueryContext context, Value position) {
    ReadTime at = StoredSets.readTime(context, readTime);
    requireSomeRead(context);
    StoredDocuments documents = StoredDocuments.of(context);
    IndexScan scan =
        documents
            .session()
            .v10()
            .scan(
                definition,
                index.backing(),
                terms,
                at,
                descending ? Direction.DESCENDING : Direction.ASCENDING);
    boolean present = readTime == QueryContext.NOW && context.readTime() == QueryContext.NOW;
    return new Reading(
        scan,
        position,
        documents,
        present ? Optional.of(covering()) : Optional.empty(),
        context.log().wantsHints() && span != null ? origin() : null);
  }

  @Override
  public SetValue reversed() {
    if (!descending) {
      return new IndexSet(definition, index, terms, from, to, true, readTime, span);
    }
    return ranged() ? new Sources.ArraySet(List.of()) : this;
  }

  @Override
  public Value recipe() {
    return ArrayValue.of(
        new LongValue(StoredSets.INDEX),
        new LongValue(definition.id()),
        new StringValue(index.name()),
        new ArrayValue(terms),
        bound(from),
        bound(to),
        BooleanValue.of(descending),
        new LongValue(readTime));
  }

  private static Value bound(List<Value> values) {
    return values == null ? NullValue.NULL : new ArrayValue(values);
  }

  @Override
  public String notStreamable() {
    return StoredSets.notStreamable(ranged(), descending, readTime);
  }

  @Override
  public void requireSomeRead(QueryContext context) {
    StoredSets.requireSomeRead(context, definition.id(), span);
  }

  @Override
  public List<List<Object>> uncovered(List<List<Object>> paths) {
    List<List<Object>> covered = coveredPaths();
    return covered.contains(List.<Object>of(FieldNames.TS))
        ? List.of()
        : paths.stream()
            .filter(path -> !covered.contains(path))
            .filter(path -> !path.equals(List.<Object>of(FieldNames.ID)))
            .toList();
  }

  private List<List<Object>> coveredPaths() {
    return Stream.concat(index.backing().terms().stream(), index.backing().values().stream())
        .map(IndexSet::pathOf)
        .toList();
  }

  private DocumentValue.Origin origin() {
    Set<String> fields = new HashSet<>();
    coveredPaths().forEach(path -> fields.add(path.getFirst().toString()));
    return new DocumentValue.Origin(definition.name() + "." + index.name(), fields, span);
  }

  private static List<Object> pathOf(IndexDef.Component component) {
    return switch (component.extractor()) {
      case IndexDef.Extractor.Path(List<Object> steps) -> shown(steps);
      case IndexDef.Extractor.Binding(String name) -> List.of(name);
      case IndexDef.Extractor.Computed(String field, List<Object> steps) -> {
        List<Object> path = new ArrayList<>(List.of(field));
        path.addAll(shown(steps));
        yield path;
      }
    };
  }

  private static List<Object> shown(List<Object> steps) {
    List<Object> path = new ArrayList<>();
    for (Object step : steps) {
      path.add(step instanceof Long position ? (Object) position.intValue() : step);
    }
    boolean data = !path.isEmpty() && path.getFirst().equals(FieldNames.DATA);
    return data ? path.subList(1, path.size()) : path;
  }

  @Override
  public String indexName() {
    return index.name();
  }

  @Override
  public int collection() {
    return definition.id();
  }

  @Override
  public String collectionName(QueryContext context) {
    return definition.name();
  }

  @Override
  public List<List<Value>> entriesOf(QueryContext context, Ref document) {
    Document seen = StoredSets.seen(context, document);
    return seen == null
        ? List.of()
        : StoredDocuments.of(context).session().v10().entries(index.backing(), terms, seen);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexSet that
        && definition.id() == that.definition.id()
        && recipe().equals(that.recipe());
  }

  @Override
  public int hashCode() {
    return recipe().hashCode();
  }

  /** Which fields an entry tells: those of the terms, then those of the values. */
  private DocumentValue.Covering covering() {
    Map<String, Integer> places = new HashMap<>();
    int place = 0;
    for (IndexDef.Component component : index.backing().terms()) {
      fieldOf(component).ifPresent(putAt(places, place));
      place++;
    }
    for (IndexDef.Component component : index.backing().values()) {
      fieldOf(component).ifPresent(putAt(places, place));
      place++;
    }
    return new DocumentValue.Covering(terms, places);
  }

  private static Consumer<String> putAt(Map<String, Integer> places, int place) {
    return name -> places.put(name, place);
  }

  private Optional<String> fieldOf(IndexDef.Component component) {
    return component.extractor() instanceof IndexDef.Extractor.Path(List<Object> steps)
            && !component.mva()
            && steps.size() == 2
            && steps.getFirst().equals(FieldNames.DATA)
            && steps.getLast() instanceof String name
            && !FieldNames.isHidden(name)
            && !definition.computedFields().has(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The scan as elements; the position is the last entry: its values and its document's id. */
  private final class Reading implements Elements {
    private final IndexScan scan;
    private final StoredDocuments documents;
    private final Optional<DocumentValue.Covering> covering;
    private final DocumentValue.Origin origin;
    private final List<Value> start;
    private final List<Value> end;
    private final Value resumed;
    private Ref last;
    private List<Value> lastValues;
    private boolean fetched;
    private boolean atEnd;

    Reading(
        IndexScan scan,
        Value position,
        StoredDocuments documents,
        Optional<DocumentValue.Covering> covering,
        DocumentValue.Origin origin) {
      this.scan = scan;
      this.origin = origin;
      this.documents = documents;
      this.covering = covering;
      this.resumed = position;
      this.start = descending ? to : from;
      this.end = descending ? from : to;
      if (position != null) {
        resume(position);
      } else if (start != null) {
        scan.seek(gap(start));
      }
    }

    // Without values the order is that of the ids, and so are the bounds.
    private Position gap(List<Value> bound) {
      if (!index.backing().values().isEmpty()) {
        return descending ? Position.afterOpen(bound) : Position.beforeOpen(bound);
      }
      Ref ref = idBound(bound);
      return descending ? Position.after(List.of(), ref) : Position.before(List.of(), ref);
    }

    private Ref idBound(List<Value> bound) {
      return new Ref(definition.scope(), definition.id(), ((LongValue) bound.getFirst()).value());
    }

    private void resume(Value last) {
      if (last instanceof ArrayValue pair
          && pair.size() == 2
          && pair.get(0) instanceof ArrayValue(List<Value> values)
          && values.size() == index.backing().values().size()
          && pair.get(1) instanceof LongValue(long id)) {
        Ref ref = new Ref(definition.scope(), definition.id(), id);
        scan.seek(descending ? Position.before(values, ref) : Position.after(values, ref));
      } else {
        throw Errors.invalidCursor();
      }
    }

    @Override
    public Value next() {
      if (!fetch()) {
        return null;
      }
      fetched = false;
      last = scan.ref();
      lastValues = scan.values();
      if (readTime != QueryContext.NOW) {
        return DocumentValue.at(last, readTime);
      }
      return covering.isEmpty() ? last : found(covering.get());
    }

    private Value found(DocumentValue.Covering fields) {
      return DocumentValue.found(
          last, new DocumentValue.Covered(fields, lastValues, documents.epoch(), origin));
    }

    @Override
    public boolean hasMore() {
      return fetch();
    }

    @Override
    public Value position() {
      return last == null
          ? resumed
          : ArrayValue.of(new ArrayValue(lastValues), new LongValue(last.id()));
    }

    private boolean fetch() {
      if (!fetched && !atEnd) {
        fetched = scan.next() && !isBeyond(scan.values());
        atEnd = !fetched;
      }
      return fetched;
    }

    private boolean isBeyond(List<Value> values) {
      if (end == null) {
        return false;
      }
      if (index.backing().values().isEmpty()) {
        int byId = Long.compare(scan.ref().id(), idBound(end).id());
        return descending ? byId < 0 : byId > 0;
      }
      int order = inIndexOrder(values.subList(0, Math.min(end.size(), values.size())), end);
      return descending ? order < 0 : order > 0;
    }

    private int inIndexOrder(List<Value> left, List<Value> right) {
      List<IndexDef.Component> components = index.backing().values();
      for (int i = 0; i < left.size(); i++) {
        int order =
            i == right.size() - 1
                ? toBound(left.get(i), right.get(i))
                : ValueOrder.INSTANCE.compare(left.get(i), right.get(i));
        if (order != 0) {
          return components.get(i).reverse() ? -order : order;
        }
      }
      return 0;
    }

    // An array at the end of a bound stands for all arrays that begin like it.
    private static int toBound(Value value, Value bound) {
      return bound instanceof ArrayValue(List<Value> prefix)
              && value instanceof ArrayValue(List<Value> elements)
              && elements.size() > prefix.size()
          ? ValueOrder.INSTANCE.compare(new ArrayValue(elements.subList(0, prefix.size())), bound)
          : ValueOrder.INSTANCE.compare(value, bound);
    }
  }
}
