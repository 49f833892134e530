package io.refugium.fql4.language;

import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/** What FQL v4 calls the collections that every database has (spec: FQL v4, 2.4; schema, 1.1). */
public final class NativeCollections {
  private NativeCollections() {}

  /** The id of the native collection with this name, or -1. */
  static int byName(String name) {
    return switch (name) {
      case "databases" -> SystemCollections.DATABASE;
      case "collections", "classes" -> SystemCollections.COLLECTION;
      case "indexes" -> SystemCollections.INDEX;
      case "functions" -> SystemCollections.FUNCTION;
      case "roles" -> SystemCollections.ROLE;
      case "keys" -> SystemCollections.KEY;
      case "tokens" -> SystemCollections.TOKEN;
      case "credentials" -> SystemCollections.CREDENTIAL;
      case "access_providers" -> SystemCollections.ACCESS_PROVIDER;
      default -> -1;
    };
  }

  /** The name of a native collection; null when FQL v4 knows none with this id. */
  public static String name(long id, ApiVersion version) {
    return switch ((int) id) {
      case SystemCollections.DATABASE -> "databases";
      case SystemCollections.COLLECTION -> version.saysClass() ? "classes" : "collections";
      case SystemCollections.INDEX -> "indexes";
      case SystemCollections.FUNCTION -> "functions";
      case SystemCollections.ROLE -> "roles";
      case SystemCollections.KEY -> "keys";
      case SystemCollections.TOKEN -> "tokens";
      case SystemCollections.CREDENTIAL -> "credentials";
      case SystemCollections.ACCESS_PROVIDER -> "access_providers";
      default -> null;
    };
  }

  /** The ref of a native collection in a database. */
  public static Ref ref(long scope, int id) {
    return new Ref(scope, SystemCollections.COLLECTION, id);
  }

  /** Whether a value is the ref of a native collection such as {@code keys}. */
  public static boolean isNative(Value value) {
    return value instanceof Ref ref
        && ref.collection() == SystemCollections.COLLECTION
        && !SystemCollections.isUser((int) ref.id())
        && ref.id() >= 0;
  }

  /** Whether the documents of a native collection are addressed by name. */
  public static boolean isNamed(int collection) {
    return SystemCollections.isNamed(collection);
  }

  /** One document of a collection in messages about undefined refs. */
  public static String word(int collection, ApiVersion version) {
    return switch (collection) {
      case SystemCollections.DATABASE -> "database";
      case SystemCollections.COLLECTION -> version.saysClass() ? "class" : "collection";
      case SystemCollections.INDEX -> "index";
      case SystemCollections.FUNCTION -> "function";
      case SystemCollections.ROLE -> "role";
      case SystemCollections.KEY -> "key";
      case SystemCollections.ACCESS_PROVIDER -> "access_provider";
      default -> "collection";
    };
  }

  /**
   * One document of a collection at the beginning of a message: {@code X not found.}, {@code X
   * already exists.}
   */
  public static String title(int collection, ApiVersion version) {
    return switch (collection) {
      case SystemCollections.DATABASE -> "Database";
      case SystemCollections.COLLECTION -> version.saysClass() ? "Class" : "Collection";
      case SystemCollections.INDEX -> "Index";
      case SystemCollections.FUNCTION -> "Function";
      case SystemCollections.ROLE -> "Role";
      case SystemCollections.KEY -> "Key";
      case SystemCollections.TOKEN -> "Token";
      case SystemCollections.CREDENTIAL -> "Credentials";
      case SystemCollections.ACCESS_PROVIDER -> "Access provider";
      default -> version.saysClass() ? "Instance" : "Document";
    };
  }
}
