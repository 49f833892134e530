package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.Ref;
import java.util.List;

/**
 * A database of the tree, with what it inherits from those above it (spec: access 10, schema 3.4).
 *
 * @param scope its global id; {@link Ref#ROOT} for the root
 * @param document its document in the parent, or null for the root
 * @param ancestors the global ids above it, parent first, root last; empty for the root
 * @param path the names from below the root down to it; empty for the root
 * @param typechecked whether queries are type checked unless they say otherwise
 * @param isProtected whether destructive changes of the schema are refused
 * @param disabled whether it or a database above it is disabled: no secret works
 */
public record DatabaseInfo(
    long scope,
    Document document,
    List<Long> ancestors,
    List<String> path,
    boolean typechecked,
    boolean isProtected,
    boolean disabled) {
  /** The database that all others are in; nothing of it can be changed. */
  public static final DatabaseInfo ROOT =
      new DatabaseInfo(Ref.ROOT, null, List.of(), List.of(), true, false, false);

  /** The global id of the parent, or -1 for the root. */
  public long parent() {
    return ancestors.isEmpty() ? -1 : ancestors.getFirst();
  }

  /** The database right below the root that this one is or lies in; of the root the root. */
  public long tenant() {
    return ancestors.size() < 2 ? scope : ancestors.get(ancestors.size() - 2);
  }

  /** Its own name; empty for the root. */
  public String name() {
    return path.isEmpty() ? "" : path.getLast();
  }

  public boolean isRoot() {
    return scope == Ref.ROOT;
  }

  /** Whether this database is the given one or lies below it. */
  public boolean isWithin(long other) {
    return scope == other || ancestors.contains(other);
  }
}
