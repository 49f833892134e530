package io.refugium.database.catalog;

import io.refugium.database.catalog.BackingIndexes.Backing;
import io.refugium.database.catalog.CollectionDef.NamedIndex;
import io.refugium.database.catalog.CollectionDef.UniqueConstraint;
import io.refugium.database.document.Document;
import io.refugium.database.keys.Pin;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles the schema documents of a database into a {@link Catalog}. */
public final class CatalogLoader {
  /** Where schema documents come from: the snapshot alone, or with the transaction's own writes. */
  public interface Source {
    /** All documents of a system collection in order of id. */
    List<Document> documents(long scope, int collection);

    /** A schema document, or null when there is none. */
    Document document(Ref ref);

    /** What the database derived from a collection. */
    CollectionState state(long scope, int collection);
  }

  private final Source source;
  private final long scope;

  private CatalogLoader(Source source, long scope) {
    this.source = source;
    this.scope = scope;
  }

  /**
   * @param pin the time as of which the source reads schema documents, or {@link Pin#NONE}
   */
  public static Catalog load(Source source, DatabaseInfo database, long version, long pin) {
    return new CatalogLoader(source, database.scope()).load(database, version, pin);
  }

  /**
   * A catalog in which some definitions are read anew. Writing many schema documents in one
   * transaction would otherwise load the whole schema for each of them.
   *
   * @param changed what may have been written or deleted since: no indexes of FQL v4
   */
  public static Catalog reload(Source source, Catalog base, Set<Ref> changed, long version) {
    return new CatalogLoader(source, base.scope()).reload(base, changed, version);
  }

  private Catalog reload(Catalog base, Set<Ref> changed, long version) {
    List<IndexDef> indexes = new ArrayList<>(base.indexes());
    for (Ref ref : of(changed, SystemCollections.COLLECTION)) {
      int id = (int) ref.id();
      indexes.removeIf(index -> index.document() == null && index.covers(id));
      for (Backing backing : source.state(scope, id).backings()) {
        indexes.add(BackingIndexes.definition(backing, scope, id));
      }
    }
    indexes.sort((a, b) -> Integer.compare(a.id(), b.id()));
    return new Catalog(
        base.database(),
        version,
        Pin.NONE,
        renewed(
            base.collections(),
            of(changed, SystemCollections.COLLECTION),
            document ->
                collection(document, source.state(scope, (int) document.ref().id()), indexes)),
        indexes,
        renewed(base.functions(), of(changed, SystemCollections.FUNCTION), FunctionDef::new),
        renewed(base.roles(), of(changed, SystemCollections.ROLE), RoleDef::new),
        renewed(
            base.accessProviders(),
            of(changed, SystemCollections.ACCESS_PROVIDER),
            AccessProviderDef::new));
  }

  private static Set<Ref> of(Set<Ref> changed, int kind) {
    return changed.stream().filter(ref -> ref.collection() == kind).collect(Collectors.toSet());
  }

  /** The definitions in order of id, with those that changed read anew. */
  private <T extends Definition> Collection<T> renewed(
      Collection<T> known, Set<Ref> changed, Function<Document, T> definition) {
    if (changed.isEmpty()) {
      return known;
    }
    Map<Long, T> renewed = new TreeMap<>();
    for (T each : known) {
      renewed.put(each.document().ref().id(), each);
    }
    for (Ref ref : changed) {
      Document document = source.document(ref);
      if (document == null) {
        renewed.remove(ref.id());
      } else {
        renewed.put(ref.id(), definition.apply(document));
      }
    }
    return renewed.values();
  }

  private Catalog load(DatabaseInfo database, long version, long pin) {
    List<Document> collectionDocuments = source.documents(scope, SystemCollections.COLLECTION);
    Map<Integer, CollectionState> states = new LinkedHashMap<>();
    List<IndexDef> indexes = new ArrayList<>();
    for (Document document : source.documents(scope, SystemCollections.INDEX)) {
      indexes.add(IndexDocuments.parse(document));
    }
    for (Document document : collectionDocuments) {
      int id = (int) document.ref().id();
      CollectionState state = source.state(scope, id);
      states.put(id, state);
      for (Backing backing : state.backings()) {
        indexes.add(BackingIndexes.definition(backing, scope, id));
      }
    }
    indexes.sort((a, b) -> Integer.compare(a.id(), b.id()));
    List<CollectionDef> collections =
        collectionDocuments.stream()
            .map(document -> collection(document, states.get((int) document.ref().id()), indexes))
            .toList();
    return new Catalog(
        database,
        version,
        pin,
        collections,
        indexes,
        source.documents(scope, SystemCollections.FUNCTION).stream().map(FunctionDef::new).toList(),
        source.documents(scope, SystemCollections.ROLE).stream().map(RoleDef::new).toList(),
        source.documents(scope, SystemCollections.ACCESS_PROVIDER).stream()
            .map(AccessProviderDef::new)
            .toList());
  }

  private static CollectionDef collection(
      Document document, CollectionState state, List<IndexDef> indexes) {
    int id = (int) document.ref().id();
    List<IndexDef> covering = indexes.stream().filter(index -> index.covers(id)).toList();
    Map<Integer, IndexDef> byId = new LinkedHashMap<>();
    covering.forEach(index -> byId.put(index.id(), index));
    return new CollectionDef(
        document,
        state.historyFloor(),
        namedIndexes(document, state, byId),
        constraints(document, state, byId),
        covering,
        state.migrations());
  }

  private static Map<String, NamedIndex> namedIndexes(
      Document document, CollectionState state, Map<Integer, IndexDef> byId) {
    Map<String, NamedIndex> named = new LinkedHashMap<>();
    ObjectValue definitions = CollectionDef.Fields.object(document.fields(), "indexes");
    for (int i = 0; i < definitions.size(); i++) {
      if (definitions.valueAt(i) instanceof ObjectValue definition) {
        Backing backing =
            BackingIndexes.find(
                state.backings(), BackingIndexes.ofIndex(document.fields(), definition));
        if (backing == null) {
          continue; // of a collection that is being deleted
        }
        boolean queryable = definition.get("queryable") == BooleanValue.TRUE;
        named.put(
            definitions.nameAt(i),
            new NamedIndex(definitions.nameAt(i), byId.get(backing.id()), queryable));
      }
    }
    return Collections.unmodifiableMap(named);
  }

  private static List<UniqueConstraint> constraints(
      Document document, CollectionState state, Map<Integer, IndexDef> byId) {
    List<UniqueConstraint> constraints = new ArrayList<>();
    if (document.get("constraints") instanceof ArrayValue definitions) {
      for (Value definition : definitions.values()) {
        BackingIndexes.Shape shape =
            definition instanceof ObjectValue object
                ? BackingIndexes.ofConstraint(document.fields(), object)
                : null;
        if (shape != null) {
          IndexDef backing = byId.get(BackingIndexes.find(state.backings(), shape).id());
          constraints.add(new UniqueConstraint(paths((ObjectValue) definition), backing));
        }
      }
    }
    return List.copyOf(constraints);
  }

  private static List<String> paths(ObjectValue constraint) {
    return ((ArrayValue) constraint.get("unique"))
        .values().stream()
            .map(
                part ->
                    part instanceof StringValue(String path)
                        ? path
                        : CollectionDef.Fields.string((ObjectValue) part, "field"))
            .toList();
  }
}
