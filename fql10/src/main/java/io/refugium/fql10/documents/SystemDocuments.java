package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
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
    return switch (collection) {
      case SystemCollections.DATABASE,
          SystemCollections.COLLECTION,
          SystemCollections.FUNCTION,
          SystemCollections.ROLE,
          SystemCollections.ACCESS_PROVIDER ->
          true;
      default -> false;
    };
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

  /**
   * What a write makes of a document, under the names by which this language knows its fields.
   *
   * @param fields as they would be stored, not yet checked
   */
  static ObjectValue shown(Session session, Ref ref, ObjectValue fields) {
    ObjectValue.Builder shown = ObjectValue.builder();
    if (!isNamed(ref.collection())) {
      shown.put(FieldNames.ID, new IdValue(ref.id()));
    }
    for (Map.Entry<String, Value> field : fields) {
      switch (field.getKey()) {
        case "hashed_secret", "hashed_password" -> {} // nobody's business
        case "instance" -> shown.put("document", field.getValue());
        case "role", "database" -> shown.put(field.getKey(), named(session, field.getValue()));
        default -> shown.put(field.getKey(), field.getValue());
      }
    }
    return shown.build();
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
      case SystemCollections.COLLECTION -> collectionField(document, name);
      case SystemCollections.DATABASE -> databaseField(document, name);
      default -> document.get(name);
    };
  }

  // References by name are stored as references or as names, whichever language wrote them. The
  // name of a user's role that is called like a built-in one would be read as that one.
  private static Value named(Session session, Value stored) {
    if (!(stored instanceof Ref ref)) {
      return stored;
    }
    if (ref.collection() == SystemCollections.DATABASE) {
      DatabaseInfo database = session.database(Transaction.scopeOf(ref));
      return database == null ? stored : text(database.name());
    }
    String name = session.pendingCatalog().nameOf(ref);
    return name == null || BuiltInRoles.has(name) ? stored : text(name);
  }

  private static Value databaseField(Document document, String name) {
    if (name.equals("global_id")) {
      return text(GlobalId.format(Transaction.scopeOf(document.ref())));
    }
    return document.get(name);
  }

  // ---------------------------------------------------------------- collections

  private static Value collectionField(Document document, String name) {
    // A collection that FQL v4 created has neither until v10 writes it.
    return switch (name) {
      case "indexes" -> document.get(name) == null ? null : indexes(document);
      case "constraints" -> document.get(name) == null ? null : constraints(document);
      default -> document.get(name);
    };
  }

  private static ObjectValue indexes(Document document) {
    if (!(document.get("indexes") instanceof ObjectValue stored)) {
      return ObjectValue.EMPTY;
    }
    ObjectValue.Builder indexes = ObjectValue.builder();
    for (Map.Entry<String, Value> index : stored) {
      indexes.put(index.getKey(), index((ObjectValue) index.getValue()));
    }
    return indexes.build();
  }

  /** An index as stored; its state is not there before the query that defines it ends. */
  private static Value index(ObjectValue stored) {
    return stored.get("values") instanceof ArrayValue(List<Value> values)
        ? stored.with(
            "values", new ArrayValue(values.stream().map(SystemDocuments::ordered).toList()))
        : stored;
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

  /** Unique constraints first, then checks. */
  private static ArrayValue constraints(Document document) {
    if (!(document.get("constraints") instanceof ArrayValue(List<Value> stored))) {
      return ArrayValue.EMPTY;
    }
    List<Value> constraints = new ArrayList<>();
    for (String kind : List.of("unique", "check")) {
      stored.stream()
          .filter(constraint -> constraint instanceof ObjectValue object && object.has(kind))
          .forEach(constraints::add);
    }
    return new ArrayValue(constraints);
  }

  static Value text(String text) {
    return new StringValue(text);
  }
}
