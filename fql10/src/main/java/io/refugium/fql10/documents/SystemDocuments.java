package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.database.Catalog;
import io.refugium.database.CollectionDef;
import io.refugium.database.DatabaseInfo;
import io.refugium.database.Document;
import io.refugium.database.IndexDef;
import io.refugium.database.Transaction;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.GlobalId;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What schema documents, keys, tokens and credentials look like in FQL v10: which stored fields are
 * visible, under which names, and what is added (library specification, section 17; schema
 * specification, section 2.1).
 */
final class SystemDocuments {
  private static final Map<Integer, String> NAMES =
      Map.of(
          SystemCollections.DATABASE, "Database",
          SystemCollections.COLLECTION, "Collection",
          SystemCollections.KEY, "Key",
          SystemCollections.TOKEN, "Token",
          SystemCollections.CREDENTIAL, "Credential",
          SystemCollections.FUNCTION, "Function",
          SystemCollections.ROLE, "Role",
          SystemCollections.ACCESS_PROVIDER, "AccessProvider");

  private static final Set<Integer> NAMED =
      Set.of(
          SystemCollections.DATABASE,
          SystemCollections.COLLECTION,
          SystemCollections.FUNCTION,
          SystemCollections.ROLE,
          SystemCollections.ACCESS_PROVIDER);

  private static final Map<Integer, List<String>> FIELDS =
      Map.of(
          SystemCollections.DATABASE,
              List.of("global_id", "typechecked", "protected", "priority", "data"),
          SystemCollections.COLLECTION,
              List.of(
                  "alias",
                  "fields",
                  "computed_fields",
                  "wildcard",
                  "migrations",
                  "history_days",
                  "ttl_days",
                  "document_ttls",
                  "indexes",
                  "constraints",
                  "data"),
          SystemCollections.KEY, List.of("role", "database", "data"),
          SystemCollections.TOKEN, List.of("document", "data"),
          SystemCollections.CREDENTIAL, List.of("document"),
          SystemCollections.FUNCTION, List.of("alias", "body", "signature", "role", "data"),
          SystemCollections.ROLE, List.of("privileges", "membership", "data"),
          SystemCollections.ACCESS_PROVIDER,
              List.of("issuer", "jwks_uri", "audience", "roles", "data"));

  /** Whether documents of a collection have names instead of ids. */
  static boolean isNamed(int collection) {
    return NAMED.contains(collection);
  }

  /** The name of a native collection. */
  static String nameOf(int collection) {
    return NAMES.getOrDefault(collection, "Deleted");
  }

  /** The fields that users can name, beyond name, id, ttl. */
  static List<String> fieldNames(int collection) {
    return FIELDS.get(collection);
  }

  /** A visible field, or Java's {@code null} if the document has none of this name. */
  Value field(Session session, Document document, String name) {
    for (Map.Entry<String, Value> field : fields(session, document)) {
      if (field.getKey().equals(name)) {
        return field.getValue();
      }
    }
    return name.equals(FieldNames.TTL) ? Null.of(NullCause.missingField(name)) : null;
  }

  /** All visible fields. */
  List<Map.Entry<String, Value>> fields(Session session, Document document) {
    int collection = document.ref().collection();
    List<Map.Entry<String, Value>> fields = new ArrayList<>();
    if (isNamed(collection)) {
      fields.add(Map.entry(FieldNames.NAME, text(name(document))));
    } else {
      fields.add(Map.entry(FieldNames.ID, new IdValue(document.ref().id())));
    }
    fields.add(Map.entry(FieldNames.COLL, SystemModules.shared(collection)));
    fields.add(Map.entry(FieldNames.TS, StoredDocuments.timestamp(document)));
    if (document.get(FieldNames.TTL) != null) {
      fields.add(Map.entry(FieldNames.TTL, document.get(FieldNames.TTL)));
    }
    for (String name : FIELDS.get(collection)) {
      Value value = value(session, document, name);
      if (value != null && value != NullValue.NULL) {
        fields.add(Map.entry(name, value));
      }
    }
    return fields;
  }

  private static String name(Document document) {
    return document.get(FieldNames.NAME) instanceof StringValue(String name) ? name : "";
  }

  private static Value value(Session session, Document document, String name) {
    return switch (document.ref().collection()) {
      case SystemCollections.TOKEN, SystemCollections.CREDENTIAL ->
          document.get(name.equals("document") ? "instance" : name);
      case SystemCollections.KEY ->
          name.equals("data") ? document.get(name) : named(session, document.get(name));
      case SystemCollections.FUNCTION ->
          name.equals("role") ? named(session, document.get(name)) : document.get(name);
      case SystemCollections.COLLECTION -> collectionField(session, document, name);
      case SystemCollections.DATABASE -> databaseField(document, name);
      default -> document.get(name);
    };
  }

  // References by name are stored as references or as names, whichever language wrote them.
  private static Value named(Session session, Value stored) {
    if (!(stored instanceof Ref ref)) {
      return stored;
    }
    if (ref.collection() == SystemCollections.DATABASE) {
      DatabaseInfo database = session.database(Transaction.scopeOf(ref));
      return database == null ? stored : text(database.name());
    }
    String name = session.pendingCatalog().nameOf(ref);
    return name == null ? stored : text(name);
  }

  private static Value databaseField(Document document, String name) {
    if (name.equals("global_id")) {
      return text(GlobalId.format(Transaction.scopeOf(document.ref())));
    }
    return document.get(name);
  }

  // ---------------------------------------------------------------- collections

  private static Value collectionField(Session session, Document document, String name) {
    boolean legacy = document.get("history_days") == null;
    Catalog catalog = session.pendingCatalog();
    CollectionDef definition = catalog.collection((int) document.ref().id());
    return switch (name) {
      case "indexes" -> {
        ObjectValue indexes = indexes(document, definition);
        yield legacy && indexes.isEmpty() ? null : indexes;
      }
      case "constraints" -> {
        ArrayValue constraints = constraints(document, definition);
        yield legacy && constraints.size() == 0 ? null : constraints;
      }
      default -> document.get(name);
    };
  }

  private static ObjectValue indexes(Document document, CollectionDef definition) {
    if (!(document.get("indexes") instanceof ObjectValue stored)) {
      return ObjectValue.EMPTY;
    }
    ObjectValue.Builder indexes = ObjectValue.builder();
    for (Map.Entry<String, Value> index : stored) {
      CollectionDef.NamedIndex known =
          definition == null ? null : definition.namedIndexes().get(index.getKey());
      indexes.put(index.getKey(), index((ObjectValue) index.getValue(), known));
    }
    return indexes.build();
  }

  private static Value index(ObjectValue stored, CollectionDef.NamedIndex known) {
    ObjectValue.Builder index = ObjectValue.builder();
    if (stored.get("terms") instanceof ArrayValue terms && terms.size() > 0) {
      index.put("terms", terms);
    }
    if (stored.get("values") instanceof ArrayValue(List<Value> values) && !values.isEmpty()) {
      index.put("values", new ArrayValue(values.stream().map(SystemDocuments::ordered).toList()));
    }
    IndexDef.Status status = known == null ? IndexDef.Status.ACTIVE : known.backing().status();
    boolean queryable = known == null || known.queryable();
    return index
        .put("queryable", BooleanValue.of(queryable))
        .put("status", text(indexStatus(status)))
        .build();
  }

  private static Value ordered(Value value) {
    if (!(value instanceof ObjectValue component)) {
      return value;
    }
    ObjectValue.Builder result = ObjectValue.of("field", component.get("field")).toBuilder();
    result.put("order", component.has("order") ? component.get("order") : text("asc"));
    if (component.has("mva")) {
      result.put("mva", component.get("mva"));
    }
    return result.build();
  }

  private static String indexStatus(IndexDef.Status status) {
    return switch (status) {
      case BUILDING -> "building";
      case ACTIVE -> "complete";
      case FAILED -> "failed";
    };
  }

  private static ArrayValue constraints(Document document, CollectionDef definition) {
    if (!(document.get("constraints") instanceof ArrayValue(List<Value> stored))) {
      return ArrayValue.EMPTY;
    }
    List<Value> constraints = new ArrayList<>();
    int unique = 0;
    for (Value constraint : stored) {
      if (constraint instanceof ObjectValue object && object.has("unique")) {
        constraints.add(object.with("status", text(uniqueStatus(definition, unique++))));
      }
    }
    stored.stream()
        .filter(constraint -> constraint instanceof ObjectValue object && object.has("check"))
        .forEach(constraints::add);
    return new ArrayValue(constraints);
  }

  private static String uniqueStatus(CollectionDef definition, int index) {
    if (definition == null || index >= definition.uniqueConstraints().size()) {
      return "active";
    }
    return switch (definition.uniqueConstraints().get(index).backing().status()) {
      case BUILDING -> "pending";
      case ACTIVE -> "active";
      case FAILED -> "failed";
    };
  }

  static Value text(String text) {
    return new StringValue(text);
  }
}
