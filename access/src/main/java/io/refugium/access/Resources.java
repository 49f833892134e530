package io.refugium.access;

import static java.util.Map.entry;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.Comparator;
import java.util.Map;

/**
 * What roles name: resources by reference (FQL v4) or by name (FQL v10), and the kinds of native
 * collections (spec access 1, 5.1).
 */
final class Resources {
  /** The names of native collections in FQL v10; they win over names that users gave. */
  private static final Map<String, Integer> NATIVE =
      Map.ofEntries(
          entry("Database", SystemCollections.DATABASE),
          entry("Collection", SystemCollections.COLLECTION),
          entry("Key", SystemCollections.KEY),
          entry("Token", SystemCollections.TOKEN),
          entry("Credential", SystemCollections.CREDENTIAL),
          entry("Credentials", SystemCollections.CREDENTIAL),
          entry("Function", SystemCollections.FUNCTION),
          entry("Role", SystemCollections.ROLE),
          entry("AccessProvider", SystemCollections.ACCESS_PROVIDER));

  private Resources() {}

  /** The name of a collection, of users or native; its id when it has none. */
  static String nameOf(Catalog catalog, int collection) {
    CollectionDef definition = catalog == null ? null : catalog.collection(collection);
    if (definition != null) {
      return definition.name();
    }
    return collection == SystemCollections.INDEX
        ? "Index"
        : NATIVE.entrySet().stream()
            .filter(entry -> entry.getValue() == collection)
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .orElse(Integer.toString(collection));
  }

  /** Whether only admin may see the documents of this collection; asked at each read. */
  static boolean isAdminOnly(int collection) {
    return switch (collection) {
      case SystemCollections.DATABASE,
          SystemCollections.KEY,
          SystemCollections.ROLE,
          SystemCollections.ACCESS_PROVIDER ->
          true;
      default -> false;
    };
  }

  /** Whether an index has documents that only admin may see; databases are in none. */
  static boolean coversAdminOnly(IndexDef index) {
    return index.covers(SystemCollections.KEY)
        || index.covers(SystemCollections.ROLE)
        || index.covers(SystemCollections.ACCESS_PROVIDER);
  }

  /**
   * What a privilege is given for, or null when it names nothing: collection, index or function.
   */
  static Ref ofPrivilege(Catalog catalog, Value resource) {
    return switch (resource) {
      case Ref ref -> ref.scope() == catalog.scope() ? ref : null;
      case StringValue(String name) -> named(catalog, name);
      case null, default -> null;
    };
  }

  /**
   * The user collection whose documents are members, or null. An alias names no members (spec
   * access 5.4).
   */
  static Ref ofMembership(Catalog catalog, Value resource) {
    return switch (resource) {
      case Ref ref -> isUserCollection(ref) && ref.scope() == catalog.scope() ? ref : null;
      case StringValue(String name) -> ref(catalog.collection(name));
      case null, default -> null;
    };
  }

  private static boolean isUserCollection(Ref ref) {
    return ref.collection() == SystemCollections.COLLECTION
        && ref.id() <= Integer.MAX_VALUE
        && SystemCollections.isUser((int) ref.id());
  }

  private static Ref named(Catalog catalog, String name) {
    Integer id = NATIVE.get(name);
    if (id != null) {
      return new Ref(catalog.scope(), SystemCollections.COLLECTION, id);
    }
    CollectionDef collection = firstOf(catalog.collection(name), catalog.collectionByAlias(name));
    FunctionDef function = firstOf(catalog.function(name), catalog.functionByAlias(name));
    return collection != null
        ? ref(collection)
        : function != null ? ref(function.document()) : null;
  }

  private static <T> T firstOf(T first, T second) {
    return first != null ? first : second;
  }

  private static Ref ref(CollectionDef collection) {
    return collection == null ? null : ref(collection.document());
  }

  private static Ref ref(Document document) {
    return document.ref();
  }
}
