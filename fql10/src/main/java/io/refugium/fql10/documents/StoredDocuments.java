package io.refugium.fql10.documents;

import io.refugium.access.Lookup;
import io.refugium.access.ReadTime;
import io.refugium.access.Session;
import io.refugium.access.SessionStack;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.Definition;
import io.refugium.database.document.Document;
import io.refugium.fql10.compile.Chains;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NativeFunction;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.PerformanceHints;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.Rights;
import io.refugium.fql10.schema.WritePlaces;
import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StoredNames;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Documents as values, read through a session (library specification, section 16). What has been
 * read stays known until something is written, other rights apply, or it is too much.
 */
public final class StoredDocuments implements Documents {
  static final Module DELETED_COLLECTION =
      Module.library("Collection.Deleted", Members.NONE, (context, value) -> false);

  /** Stands for the id of a document that does not exist. */
  private static final long NO_ID = 0;

  private final Schema schema;
  private final Map<Ref, Lookup> known = new HashMap<>();
  private final Map<ReadKey, Lookup> knownPast = new HashMap<>(0);
  private final Set<Identity> unnamedKnown = new HashSet<>();
  private final SessionStack sessions;
  private final WritePlaces schemaWrites = new WritePlaces();
  private long epoch;

  private record ReadKey(Ref ref, ReadTime at) {}

  public StoredDocuments(Session session, Schema schema) {
    this.sessions = new SessionStack(session, this::forget);
    this.schema = schema;
  }

  /** The documents of a running query. */
  static StoredDocuments of(QueryContext context) {
    return (StoredDocuments) context.environment().documents();
  }

  /** The session in which the running code reads and writes. */
  public Session session() {
    return sessions.running();
  }

  Schema schema() {
    return schema;
  }

  /** Runs something in another session on the same transaction. */
  <T> T within(Session other, Supplier<T> body) {
    return sessions.in(other, body);
  }

  /** The rights that the running code has now, for functions that it hands over. */
  Rights rights() {
    return rightsOf(session());
  }

  /** The rights of the request, if the running code has others. */
  public Optional<Rights> requestRights() {
    return session().hasRightsOfRequest() ? Optional.empty() : Optional.of(new RequestRights());
  }

  /** What tells the rights of the running code from others that a function may have. */
  public String rightsName() {
    return session().permissions().name();
  }

  private final class RequestRights implements Rights {
    @Override
    public <T> T run(Supplier<T> body) {
      return sessions.asRequest(body);
    }
  }

  private Rights rightsOf(Session author) {
    return new Rights() {
      @Override
      public <T> T run(Supplier<T> body) {
        return sessions.asAuthor(author, body);
      }
    };
  }

  private void forget() {
    known.clear();
    knownPast.clear();
    epoch++;
  }

  /** Changes whenever something may be seen differently than before: written, or other rights. */
  long epoch() {
    return epoch;
  }

  /** To be called after every write. */
  void written() {
    forget();
  }

  /** To be called after every write of the schema; what is wrong with it is reported there. */
  void schemaWritten(Ref document, Span place) {
    schemaWrites.add(document, place);
  }

  /** Where the query has written schema. */
  public WritePlaces schemaWrites() {
    return schemaWrites;
  }

  // ---------------------------------------------------------------- identity

  @Override
  public boolean isNamed(Module collection) {
    return SystemDocuments.isNamed(collection.collection());
  }

  @Override
  public Value byId(Module collection, long id) {
    return new Ref(session().scope(), collection.collection(), id);
  }

  @Override
  public Optional<Value> byName(Module collection, String name) {
    return Optional.ofNullable(session().byName(session().scope(), collection.collection(), name));
  }

  @Override
  public Identity identity(Value document) {
    int collection = collectionOf(document);
    if (!SystemDocuments.isNamed(collection)) {
      return new Identity(collection, refOf(document).id(), null);
    }
    if (document instanceof DocumentValue value && value.name() != null) {
      return new Identity(collection, 0, value.name());
    }
    return new Identity(collection, 0, nameOf(refOf(document)));
  }

  @Override
  public Reference reference(Value document) {
    int collection = collectionOf(document);
    if (SystemDocuments.isNamed(collection)) {
      return new Reference(SystemDocuments.nameOf(collection), true, identity(document).name());
    }
    String name =
        SystemCollections.isUser(collection)
            ? collectionName(collection)
            : SystemDocuments.nameOf(collection);
    return new Reference(name, false, Long.toString(refOf(document).id()));
  }

  private String collectionName(int collection) {
    CollectionDef definition = session().catalog().collection(collection);
    return definition == null ? "Deleted" : definition.name();
  }

  @Override
  public String foreignText(Value document) {
    if (collectionOf(document) != SystemCollections.INDEX) {
      return null;
    }
    Definition index = session().catalog().definition(refOf(document));
    return "[legacy index " + (index == null ? refOf(document).id() : index.name()) + "]";
  }

  @Override
  public String describeReference(Value document) {
    Reference reference = reference(document);
    return "[doc " + reference.key() + " in " + reference.collection() + "]";
  }

  /** The collection of a document. */
  static int collectionOf(Value document) {
    return document instanceof DocumentValue value
        ? value.collection()
        : ((Ref) document).collection();
  }

  /** The identity of a document; null if only a name is known that belongs to none. */
  Ref refOf(Value document) {
    return switch (document) {
      case Ref ref -> ref;
      case DocumentValue value -> value.ref();
      default -> throw new IllegalArgumentException("not a document");
    };
  }

  private String nameOf(Ref ref) {
    if (ref.collection() == SystemCollections.DATABASE) {
      DatabaseInfo database = session().database(Transaction.scopeOf(ref));
      return database == null ? Long.toString(ref.id()) : database.name();
    }
    if (ref.collection() == SystemCollections.COLLECTION
        && !SystemCollections.isUser((int) ref.id())) {
      return "[new collection]";
    }
    Definition pending = session().pendingCatalog().definition(ref);
    Definition definition = pending == null ? session().catalog().definition(ref) : pending;
    return definition == null ? Long.toString(ref.id()) : definition.name();
  }

  // ---------------------------------------------------------------- reading

  @Override
  public NullCause missing(QueryContext context, Value document) {
    if (document instanceof DocumentValue value && value.frozen() != null) {
      return null;
    }
    if (isKnownToExist(context, document)) {
      return null;
    }
    int collection = collectionOf(document);
    if (SystemCollections.isUser(collection)
        && session().catalog().collection(collection) == null) {
      return NullCause.missingDocument(
          DocumentErrors.deletedCollectionText(refOf(document).id()), "collection deleted");
    }
    if (refOf(document) == null) {
      countUnnamed(identity(document));
      if (!session().mayRead(new Ref(session().scope(), collection, NO_ID))) {
        return NullCause.PERMISSION_DENIED;
      }
    }
    return switch (lookup(context, document)) {
      case Lookup.Found ignored -> null;
      case Lookup.Denied ignored when !isDeleted(document) -> NullCause.PERMISSION_DENIED;
      case null, default ->
          NullCause.missingDocument(
              DocumentErrors.missingText(reference(document)),
              isDeleted(document) || wasDeleted(document) ? "deleted" : "not found");
    };
  }

  @Override
  public boolean mayRead(QueryContext context, Value document) {
    boolean ordinary =
        refOf(document) != null
            && !readTime(context, document).history()
            && !(document instanceof DocumentValue value && value.frozen() != null);
    return ordinary
        ? session().mayRead(refOf(document))
        : !NullCause.PERMISSION_DENIED.equals(missing(context, document));
  }

  // Once for each name, as for documents that are there.
  private void countUnnamed(Identity unnamed) {
    if (unnamed.name() != null && unnamedKnown.add(unnamed)) {
      session().v10().readUnnamed();
    }
  }

  private boolean wasDeleted(Value document) {
    Ref ref = refOf(document);
    return ref != null && session().hasWrites() && session().deleted(ref);
  }

  /** Whether this is what deleting it returned. */
  private static boolean isDeleted(Value document) {
    return document instanceof DocumentValue value && value.deleted();
  }

  /** The document as it is stored, or null if it does not exist or may not be read. */
  Document read(QueryContext context, Value document) {
    Lookup lookup = lookup(context, document);
    return lookup == null ? null : lookup.orNull();
  }

  private Lookup lookup(QueryContext context, Value document) {
    Ref ref = refOf(document);
    if (ref == null) {
      return null;
    }
    ReadTime at = readTime(context, document);
    return at.micros() == Transaction.NOW
        ? lookup(known, ref, ref, at)
        : lookup(knownPast, new ReadKey(ref, at), ref, at);
  }

  private <K> Lookup lookup(Map<K, Lookup> remembered, K key, Ref ref, ReadTime at) {
    Lookup found = remembered.get(key);
    if (found == null) {
      found = session().v10().read(ref, at);
      if (remembered.size() >= Limits.MAX_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(key, found);
    }
    return found;
  }

  private static ReadTime readTime(QueryContext context, Value document) {
    return StoredSets.readTime(
        context, document instanceof DocumentValue value ? value.readTime() : QueryContext.NOW);
  }

  @Override
  public void requireReadable(QueryContext context, Value document, Span receiver) {
    try {
      context.require(Effect.READ, "Reading a field");
    } catch (QueryFailure failure) {
      throw failure.at(receiver);
    }
    NullCause cause = missing(context, document);
    if (cause == null) {
      return;
    }
    if (cause.wire().equals("permission denied")) {
      throw Errors.permissionDenied().at(receiver);
    }
    if (!cause.wire().equals("collection deleted")) {
      throw Errors.nullValue(cause).at(receiver);
    }
  }

  // ---------------------------------------------------------------- members

  @Override
  public boolean isAlwaysKnown(Value document, String name) {
    return switch (name) {
      case FieldNames.COLL, "exists" -> true;
      case FieldNames.ID -> !SystemDocuments.isNamed(collectionOf(document));
      case FieldNames.NAME -> SystemDocuments.isNamed(collectionOf(document));
      default -> false;
    };
  }

  @Override
  public Method method(Value document, String name) {
    return schema.documentMembers(collectionOf(document)).method(name);
  }

  @Override
  public Value select(
      QueryContext context, Value document, String name, Span receiver, Span place) {
    int collection = collectionOf(document);
    boolean named = SystemDocuments.isNamed(collection);
    if (name.equals(FieldNames.COLL)) {
      return collectionModule(collection);
    }
    if (!named && name.equals(FieldNames.ID)) {
      return new IdValue(idOf(document));
    }
    if (named && name.equals(FieldNames.NAME)) {
      String known = knownName(context, document);
      if (known != null || missing(context, document) != null) {
        return new StringValue(known == null ? identity(document).name() : known);
      }
    }
    Method method = method(document, name);
    if (method != null && name.equals("exists")) {
      return new NativeFunction(method, document);
    }
    Value covered = method == null ? covered(context, document, name) : null;
    if (covered != null) {
      return Chains.field(covered == NullValue.NULL ? null : covered, name, place);
    }
    requireReadable(context, document, receiver);
    if (method != null) {
      return new NativeFunction(method, document);
    }
    PerformanceHints.fieldRead(context, document, name, place);
    if (isOfDeletedCollection(collection)) {
      throw Errors.nullAccess(name, Null.missingField(name, place)).at(place);
    }
    return Chains.field(field(context, document, name, place), name, place);
  }

  // The schema tells the names of its documents, so that no document is read for one.
  private String knownName(QueryContext context, Value document) {
    if (document instanceof DocumentValue value
        && value.frozen() != null
        && value.frozen().get(FieldNames.NAME) instanceof StringValue(String name)) {
      return name; // what a write makes of it, not what it is
    }
    Ref ref = refOf(document);
    if (ref == null) {
      return identity(document).name();
    }
    if (readTime(context, document).history()) {
      return null;
    }
    if (ref.collection() == SystemCollections.DATABASE) {
      DatabaseInfo database = session().database(Transaction.scopeOf(ref));
      return database == null ? null : database.name();
    }
    Definition definition = session().pendingCatalog().definition(ref);
    return definition == null ? null : definition.name();
  }

  // It was found in an index, may be read, and nothing has changed since.
  private boolean isKnownToExist(QueryContext context, Value document) {
    return document instanceof DocumentValue value
        && value.covered() != null
        && value.covered().epoch() == epoch
        && context.readTime() == QueryContext.NOW;
  }

  // The index told the field when the document was found, and nothing has changed since.
  private Value covered(QueryContext context, Value document, String name) {
    return isKnownToExist(context, document) && context.effectLimit().allows(Effect.READ)
        ? ((DocumentValue) document).covered().field(name)
        : null;
  }

  private long idOf(Value document) {
    Ref ref = refOf(document);
    return ref == null ? -1 : ref.id();
  }

  private boolean isOfDeletedCollection(int collection) {
    return SystemCollections.isUser(collection)
        && session().catalog().collection(collection) == null;
  }

  private Value collectionModule(int collection) {
    Module module = schema.moduleOf(collection);
    return module == null ? DELETED_COLLECTION : module;
  }

  private Value field(QueryContext context, Value document, String name, Span place) {
    if (document instanceof DocumentValue value && value.frozen() != null) {
      return frozenField(context, value, name, place);
    }
    Document stored = read(context, document);
    ReadTime at = readTime(context, document);
    if (!SystemCollections.isUser(stored.ref().collection())) {
      return schema.systemDocuments().field(session(), stored, name);
    }
    return switch (name) {
      case FieldNames.TS -> timestamp(stored);
      case FieldNames.TTL -> ttl(stored);
      case FieldNames.DATA -> pinned(stored.data(), at);
      default -> userField(context, document, stored, name, at, place);
    };
  }

  /** Computed fields are no part of what is frozen: they follow from it. */
  private Value frozenField(QueryContext context, DocumentValue document, String name, Span place) {
    return computedField(context, document, document.collection(), name, place)
        .orElseGet(() -> document.frozen().get(name));
  }

  private Optional<Value> computedField(
      QueryContext context, Value document, int collection, String name, Span place) {
    if (!SystemCollections.isUser(collection)) {
      return Optional.empty();
    }
    Optional<ComputedField> computed = schema.shapeOf(collection).computedField(name);
    try {
      return computed.map(field -> field.evaluate(context, document));
    } catch (QueryFailure failure) {
      throw failure.at(place);
    }
  }

  private Value userField(
      QueryContext context, Value document, Document stored, String name, ReadTime at, Span place) {
    Optional<Value> computed =
        computedField(context, document, stored.ref().collection(), name, place);
    if (computed.isPresent()) {
      return computed.get();
    }
    Value value = stored.data().get(name);
    return value == null ? null : pinned(value, at);
  }

  static Value timestamp(Document stored) {
    return stored.isUncommitted() ? TransactionTime.TIME : TimeValue.ofMicros(stored.ts());
  }

  private static Value ttl(Document stored) {
    Value ttl = stored.get(FieldNames.TTL);
    return ttl == null ? Null.of(NullCause.missingField(FieldNames.TTL)) : ttl;
  }

  /** A value read in the past: the documents it refers to are read at that time too. */
  private static Value pinned(Value value, ReadTime at) {
    if (!at.history()) {
      return value;
    }
    return switch (value) {
      case Ref ref -> DocumentValue.at(ref, at.micros());
      case ArrayValue array -> array.map(element -> pinned(element, at));
      case ObjectValue object -> object.map(field -> pinned(field, at));
      default -> value;
    };
  }

  @Override
  public Fields fields(QueryContext context, Value document) {
    if (document instanceof DocumentValue value && value.frozen() != null) {
      return new Fields(computedFields(context, value), value.frozen());
    }
    Document stored = read(context, document);
    return SystemCollections.isUser(stored.ref().collection())
        ? userFields(context, document, stored)
        : new Fields(schema.systemDocuments().fields(session(), stored), ObjectValue.EMPTY);
  }

  private List<Map.Entry<String, Value>> computedFields(QueryContext context, Value document) {
    int collection = collectionOf(document);
    if (!SystemCollections.isUser(collection)) {
      return List.of();
    }
    List<Map.Entry<String, Value>> fields = new ArrayList<>();
    for (ComputedField field : schema.shapeOf(collection).computed()) {
      fields.add(Map.entry(field.name(), field.evaluate(context, document)));
    }
    return fields;
  }

  private Fields userFields(QueryContext context, Value document, Document stored) {
    ReadTime at = readTime(context, document);
    DocumentShape shape = schema.shapeOf(stored.ref().collection());
    List<Map.Entry<String, Value>> own = new ArrayList<>();
    own.add(Map.entry(FieldNames.ID, new IdValue(stored.ref().id())));
    own.add(Map.entry(FieldNames.COLL, shape.module()));
    own.add(Map.entry(FieldNames.TS, timestamp(stored)));
    Value ttl = stored.get(FieldNames.TTL);
    if (ttl != null) {
      own.add(Map.entry(FieldNames.TTL, ttl));
    }
    own.addAll(computedFields(context, document));
    ObjectValue data = (ObjectValue) pinned(stored.data(), at);
    return shape.hidden().occurIn(data)
        ? new Fields(own, hiding(data, shape.hidden()))
        : new Fields(own, data);
  }

  /** What is stored as a document shows it: some of it under {@code data}. */
  private static ObjectValue hiding(ObjectValue stored, StoredNames names) {
    ObjectValue.Builder visible = ObjectValue.builder();
    ObjectValue.Builder hidden = ObjectValue.builder();
    for (Map.Entry<String, Value> field : stored) {
      (names.contains(field.getKey()) ? hidden : visible).put(field.getKey(), field.getValue());
    }
    return visible.put(FieldNames.DATA, hidden.build()).build();
  }
}
