package io.refugium.database.catalog;

import io.refugium.database.keys.Pin;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The compiled schema of one database at one version of that schema. Immutable, thread-safe, shared
 * by all requests that see this version; a change of the schema makes another catalog.
 *
 * <p>Child databases are not part of it: see {@code Transaction.childDatabase}.
 */
public final class Catalog {
  private final DatabaseInfo database;
  private final long version;
  private final long pin;
  private final List<CollectionDef> collections;

  /** The ids of the collections, ascending: looked up for each document that is read. */
  private final int[] collectionIds;

  /** The collections with these ids. */
  private final CollectionDef[] collectionsById;

  private final Map<Integer, IndexDef> indexes;
  private final Map<Integer, List<IndexDef>> nativeIndexes;
  private final Map<Long, FunctionDef> functions;
  private final Map<Long, RoleDef> roles;
  private final Map<Long, AccessProviderDef> accessProviders;
  private final Map<String, CollectionDef> collectionsByName = new HashMap<>();
  private final Map<String, CollectionDef> collectionsByAlias = new HashMap<>();
  private final Map<String, IndexDef> indexesByName = new HashMap<>();
  private final Map<String, FunctionDef> functionsByName = new HashMap<>();
  private final Map<String, FunctionDef> functionsByAlias = new HashMap<>();
  private final Map<String, RoleDef> rolesByName = new HashMap<>();
  private final Map<String, AccessProviderDef> accessProvidersByName = new HashMap<>();
  private final Map<Object, Object> memo = new ConcurrentHashMap<>();

  Catalog(
      DatabaseInfo database,
      long version,
      long pin,
      Collection<CollectionDef> collections,
      Collection<IndexDef> indexes,
      Collection<FunctionDef> functions,
      Collection<RoleDef> roles,
      Collection<AccessProviderDef> accessProviders) {
    this.database = database;
    this.version = version;
    this.pin = pin;
    this.collections = List.copyOf(collections);
    this.collectionsById =
        collections.stream()
            .sorted(Comparator.comparingInt(CollectionDef::id))
            .toArray(CollectionDef[]::new);
    this.collectionIds = Arrays.stream(collectionsById).mapToInt(CollectionDef::id).toArray();
    this.indexes = index(indexes, IndexDef::id);
    this.functions = index(functions, function -> function.document().ref().id());
    this.roles = index(roles, role -> role.document().ref().id());
    this.accessProviders = index(accessProviders, provider -> provider.document().ref().id());
    this.nativeIndexes = nativeIndexes(indexes);
    for (CollectionDef collection : collections) {
      collectionsByName.put(collection.name(), collection);
      putIfNamed(collectionsByAlias, collection.alias(), collection);
    }
    indexes.forEach(index -> putIfNamed(indexesByName, index.name(), index));
    for (FunctionDef function : functions) {
      functionsByName.put(function.name(), function);
      putIfNamed(functionsByAlias, function.alias(), function);
    }
    roles.forEach(role -> rolesByName.put(role.name(), role));
    accessProviders.forEach(provider -> accessProvidersByName.put(provider.name(), provider));
  }

  private static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
    Map<K, V> map = new LinkedHashMap<>();
    values.forEach(value -> map.put(key.apply(value), value));
    return Collections.unmodifiableMap(map);
  }

  private static <V> void putIfNamed(Map<String, V> map, String name, V value) {
    if (name != null) {
      map.put(name, value);
    }
  }

  private static Map<Integer, List<IndexDef>> nativeIndexes(Collection<IndexDef> indexes) {
    Map<Integer, List<IndexDef>> map = new HashMap<>();
    for (IndexDef index : indexes) {
      for (IndexDef.Source source : index.sources()) {
        for (int collection : source.collections()) {
          if (!SystemCollections.isUser(collection)) {
            map.computeIfAbsent(collection, _ -> new ArrayList<>()).add(index);
          }
        }
      }
    }
    return map;
  }

  /** The database whose schema this is. */
  public DatabaseInfo database() {
    return database;
  }

  public long scope() {
    return database.scope();
  }

  /**
   * The schema version: the commit time of its last change, in microseconds; 0 when it never
   * changed.
   */
  public long version() {
    return version;
  }

  /**
   * Whether schema documents of the present say something else, because another schema is staged
   * (spec: schema 10.6).
   */
  public boolean isPinned() {
    return pin != Pin.NONE;
  }

  /** If this is pinned, the time at which the schema documents said what it says. */
  public long pin() {
    return pin;
  }

  /** The user collections in order of creation. */
  public Collection<CollectionDef> collections() {
    return collections;
  }

  /** All indexes in order of creation, those behind v10 indexes included. */
  public Collection<IndexDef> indexes() {
    return indexes.values();
  }

  public Collection<FunctionDef> functions() {
    return functions.values();
  }

  public Collection<RoleDef> roles() {
    return roles.values();
  }

  public Collection<AccessProviderDef> accessProviders() {
    return accessProviders.values();
  }

  /** A user collection by its internal id, or null: a native, deleted or foreign one. */
  public CollectionDef collection(int id) {
    int place = Arrays.binarySearch(collectionIds, id);
    return place < 0 ? null : collectionsById[place];
  }

  /** A user collection by its name, not its alias, or null. */
  public CollectionDef collection(String name) {
    return collectionsByName.get(name);
  }

  public CollectionDef collectionByAlias(String alias) {
    return collectionsByAlias.get(alias);
  }

  /** An index by its internal id, or null. */
  public IndexDef index(int id) {
    return indexes.get(id);
  }

  /** A v4 index by its name, or null. */
  public IndexDef index(String name) {
    return indexesByName.get(name);
  }

  public FunctionDef function(long id) {
    return functions.get(id);
  }

  public FunctionDef function(String name) {
    return functionsByName.get(name);
  }

  public FunctionDef functionByAlias(String alias) {
    return functionsByAlias.get(alias);
  }

  public RoleDef role(long id) {
    return roles.get(id);
  }

  public RoleDef role(String name) {
    return rolesByName.get(name);
  }

  public AccessProviderDef accessProvider(long id) {
    return accessProviders.get(id);
  }

  public AccessProviderDef accessProvider(String name) {
    return accessProvidersByName.get(name);
  }

  /** Every index that holds entries of this collection's documents; of native collections too. */
  public List<IndexDef> indexesOf(int collection) {
    CollectionDef definition = collection(collection);
    return definition != null
        ? definition.indexes()
        : nativeIndexes.getOrDefault(collection, List.of());
  }

  /**
   * The id of the schema document of this kind and name, or null; names as they were before the
   * running query.
   *
   * @param kind one of the named {@link SystemCollections} but databases
   */
  public Ref byName(int kind, String name) {
    Definition definition =
        switch (kind) {
          case SystemCollections.COLLECTION -> collection(name);
          case SystemCollections.INDEX -> index(name);
          case SystemCollections.FUNCTION -> function(name);
          case SystemCollections.ROLE -> role(name);
          case SystemCollections.ACCESS_PROVIDER -> accessProvider(name);
          default ->
              throw new IllegalArgumentException("not a named collection of the catalog: " + kind);
        };
    return definition == null ? null : definition.document().ref();
  }

  /** What a schema document of this version defines, or null when there is none. */
  public Definition definition(Ref ref) {
    if (ref.scope() != scope()) {
      return null;
    }
    return switch (ref.collection()) {
      case SystemCollections.COLLECTION -> collection((int) ref.id());
      case SystemCollections.INDEX -> indexes.get((int) ref.id());
      case SystemCollections.FUNCTION -> functions.get(ref.id());
      case SystemCollections.ROLE -> roles.get(ref.id());
      case SystemCollections.ACCESS_PROVIDER -> accessProviders.get(ref.id());
      default -> null;
    };
  }

  /** The name of a schema document of this version, or null when there is none. */
  public String nameOf(Ref ref) {
    Definition definition = definition(ref);
    return definition == null ? null : definition.name();
  }

  /**
   * What languages and access derive from this version of the schema: computed when first asked
   * for, then shared. Requests that ask at the same moment may both compute; all get the same
   * result. The supplier may ask for other memos.
   *
   * @param key identifies the kind of thing and its subject; compared by {@code equals}
   */
  @SuppressWarnings("unchecked")
  public <T> T memo(Object key, Supplier<? extends T> supplier) {
    Object known = memo.get(key);
    if (known == null) {
      Object computed = supplier.get();
      known = memo.putIfAbsent(key, computed);
      if (known == null) {
        known = computed;
      }
    }
    return (T) known;
  }
}
