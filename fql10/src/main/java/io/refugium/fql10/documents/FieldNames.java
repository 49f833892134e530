package io.refugium.fql10.documents;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that have a meaning of their own on documents (schema specification, 4.1 and 4.2). */
public final class FieldNames {
  public static final String ID = "id";
  public static final String NAME = "name";
  public static final String COLL = "coll";
  public static final String TS = "ts";
  public static final String TTL = "ttl";
  public static final String DATA = "data";

  /** What no write of a user document may name. */
  public static final Set<String> RESERVED =
      Set.of(COLL, TS, DATA, "delete", "update", "replace", "updateData", "replaceData", "exists");

  private FieldNames() {}

  /** Stored fields of these names are only visible under {@code data}. */
  static final Set<String> HIDDEN =
      Stream.concat(RESERVED.stream(), Stream.of(ID, TTL)).collect(Collectors.toUnmodifiableSet());

  /** Whether a stored field of this name is only visible under {@code data}. */
  public static boolean isHidden(String name) {
    return HIDDEN.contains(name);
  }
}
