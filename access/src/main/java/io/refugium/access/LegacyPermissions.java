package io.refugium.access;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code permissions} object of a collection, document, index or function: who may do what,
 * before there were roles (spec access 7). They can only allow, never deny.
 */
record LegacyPermissions(ObjectValue permissions) {
  private static final LegacyPermissions ABSENT = new LegacyPermissions(ObjectValue.EMPTY);
  private static final StringValue PUBLIC = new StringValue("public");
  private static final Set<String> CREATE_SYNONYMS = Set.of("create_instances", "create_documents");

  /** What a document carries. */
  static LegacyPermissions of(Document document) {
    return of(document.fields());
  }

  private static LegacyPermissions of(ObjectValue fields) {
    return fields.get("permissions") instanceof ObjectValue object
        ? new LegacyPermissions(object)
        : ABSENT;
  }

  /** What a collection, index or function of this schema carries; native collections carry none. */
  static LegacyPermissions of(Catalog catalog, Ref resource) {
    Document document = definition(catalog, resource);
    return document == null ? ABSENT : of(document);
  }

  private static Document definition(Catalog catalog, Ref resource) {
    switch (resource.collection()) {
      case SystemCollections.COLLECTION -> {
        CollectionDef collection = catalog.collection((int) resource.id());
        return collection == null ? null : collection.document();
      }
      case SystemCollections.INDEX -> {
        IndexDef index = catalog.index((int) resource.id());
        return index == null ? null : index.document();
      }
      case SystemCollections.FUNCTION -> {
        FunctionDef function = catalog.function(resource.id());
        return function == null ? null : function.document();
      }
      default -> {
        return null;
      }
    }
  }

  /** The field that stands for an operation, or null when none does. Deleting counts as writing. */
  static String fieldFor(Operation operation) {
    return switch (operation) {
      case Operation.Read _, Operation.ReadIndex _ -> "read";
      case Operation.Create _ -> "create";
      case Operation.Write _, Operation.Delete _ -> "write";
      case Operation.HistoryRead _ -> "history_read";
      case Operation.HistoryWrite _ -> "history_write";
      case Operation.ReadIndexUnrestricted _ -> "unrestricted_read";
      case Operation.Call _ -> "call";
      case Operation.CreateWithId _, Operation.ListUnrestricted _ -> null;
    };
  }

  /** Whether this field lets the principal in. */
  boolean allow(String field, Principal principal) {
    if (permissions.isEmpty()) {
      return false;
    }
    if (admits(permissions.get(field), principal)) {
      return true;
    }
    if (field.equals("create")) {
      for (String synonym : CREATE_SYNONYMS) {
        if (admits(permissions.get(synonym), principal)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean admits(Value value, Principal principal) {
    return switch (value) {
      case StringValue text -> text.equals(PUBLIC);
      case Ref ref when isCollection(ref) -> principal.actsForMemberOf(ref);
      case Ref ref -> principal.actsFor(ref);
      case ArrayValue(List<Value> values) -> {
        for (Value one : values) {
          if (!(one instanceof ArrayValue) && admits(one, principal)) {
            yield true;
          }
        }
        yield false;
      }
      case null, default -> false;
    };
  }

  /**
   * Whether every grant that {@code after} has and {@code before} has not is to the principal
   * itself or to its collection.
   */
  static boolean addsOnlySelf(ObjectValue before, ObjectValue after, Principal principal) {
    ObjectValue granted = of(before).permissions;
    for (Map.Entry<String, Value> field : of(after).permissions) {
      List<Value> known = values(granted.get(field.getKey()));
      for (Value grant : values(field.getValue())) {
        if (!known.contains(grant) && !isSelf(grant, principal)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSelf(Value grant, Principal principal) {
    Ref identity = principal.identity();
    return identity != null
        && (grant.equals(identity) || grant.equals(Operation.collectionOf(identity)));
  }

  private static List<Value> values(Value value) {
    return switch (value) {
      case null -> List.of();
      case ArrayValue(List<Value> values) -> values;
      default -> List.of(value);
    };
  }

  private static boolean isCollection(Ref ref) {
    return ref.collection() == SystemCollections.COLLECTION;
  }
}
