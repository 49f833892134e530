package io.refugium.access;

import io.refugium.model.Ref;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rights that code runs with: those of the principal, or of the function that is running (spec
 * access 1). Immutable; equal sets give equal rights on the same snapshot.
 */
public sealed interface PermissionSet {
  /** Rights that do not depend on any role or document. */
  enum BuiltIn implements PermissionSet {
    /** Everything in its database; reads everything below. */
    ADMIN,
    /** As admin, but nothing of databases, keys, roles and access providers. */
    SERVER,
    /** Reads as server; neither writes nor calls. */
    SERVER_READONLY,
    /** Nothing but what legacy permissions give to everybody: a client key. */
    NONE,
    /**
     * What a predicate may do while it runs: read what server may, at present, in its own database,
     * and call functions.
     */
    PREDICATE
  }

  /** What user-defined roles allow. */
  record Roles(Set<Ref> roles) implements PermissionSet {
    public Roles {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * The rights of a document: those of its roles, and the baseline rights on its own tokens and
   * credential.
   */
  record Identity(Ref document, Set<Ref> roles) implements PermissionSet {
    public Identity {
      roles = Set.copyOf(roles);
    }
  }

  /** A text that equal sets have and others have not. */
  default String name() {
    return switch (this) {
      case BuiltIn set -> RoleNames.nameOf(set);
      case Roles(Set<Ref> roles) -> "roles " + named(roles);
      case Identity(Ref document, Set<Ref> roles) -> "document " + document + " " + named(roles);
    };
  }

  private static String named(Set<Ref> roles) {
    return roles.stream().map(Ref::toString).sorted().collect(Collectors.joining(","));
  }

  /** The user-defined roles that count. */
  default Set<Ref> effectiveRoles() {
    return switch (this) {
      case BuiltIn ignored -> Set.of();
      case Roles set -> set.roles;
      case Identity identity -> identity.roles;
    };
  }

  /**
   * Whether this is admin, server or server-readonly: the sets that legacy permissions do not
   * concern and that may see the inside of functions in logs and stack traces (spec access 3.2,
   * 6.5).
   */
  default boolean isPrivileged() {
    return this == BuiltIn.ADMIN || this == BuiltIn.SERVER || this == BuiltIn.SERVER_READONLY;
  }

  /** Whether {@code GET /schema/1} is open to this set (spec access 3.2). */
  default boolean mayReadSchema() {
    return isPrivileged();
  }

  /** Whether the schema may be changed as files. */
  default boolean mayWriteSchema() {
    return this == BuiltIn.ADMIN;
  }

  /** Whether {@code /environment/1} is open to this set. */
  default boolean mayUseEnvironment() {
    return this == BuiltIn.ADMIN || this == BuiltIn.SERVER;
  }

  /** Whether {@code /export/1} is open to this set. */
  default boolean mayExport() {
    return isPrivileged();
  }

  /** Whether {@code Query.isEnvProtected()} answers this set. */
  default boolean maySeeProtection() {
    return this == BuiltIn.ADMIN;
  }

  /** Whether this set may give a function the role admin in FQL v10 (spec access 5.8). */
  default boolean mayGrantAdminToFunctions() {
    return this != BuiltIn.SERVER;
  }
}
