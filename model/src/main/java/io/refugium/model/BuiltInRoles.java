package io.refugium.model;

import java.util.Set;

/** The roles that every database has (spec: access 3). Users may give their own the same names. */
public final class BuiltInRoles {
  public static final String ADMIN = "admin";
  public static final String SERVER = "server";
  public static final String SERVER_READONLY = "server-readonly";
  public static final String CLIENT = "client";

  private static final Set<String> NAMES = Set.of(ADMIN, SERVER, SERVER_READONLY, CLIENT);

  private BuiltInRoles() {}

  /** Whether this name means one of them wherever it can. */
  public static boolean has(String name) {
    return NAMES.contains(name);
  }
}
