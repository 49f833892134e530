package io.refugium.model;

/** Internal ids of the collections that every database has (spec: schema, system collections). */
public final class SystemCollections {
  public static final int DATABASE = 0;
  public static final int COLLECTION = 1;
  public static final int KEY = 2;
  public static final int TOKEN = 3;
  public static final int INDEX = 7;
  public static final int CREDENTIAL = 10;
  public static final int FUNCTION = 11;
  public static final int ROLE = 12;
  public static final int ACCESS_PROVIDER = 13;
  public static final int SCHEMA_SOURCE = 14;

  /** The first id of a collection made by a user. */
  public static final int FIRST_USER = 1024;

  /** The first id of an index. */
  public static final int FIRST_INDEX = 32768;

  private SystemCollections() {}

  /** Whether documents of this collection hold user data. */
  public static boolean isUser(int collection) {
    return collection >= FIRST_USER;
  }

  /** Whether the documents of a system collection are named: databases and what schemas define. */
  public static boolean isNamed(int collection) {
    return switch (collection) {
      case DATABASE, COLLECTION, INDEX, FUNCTION, ROLE, ACCESS_PROVIDER -> true;
      default -> false;
    };
  }
}
