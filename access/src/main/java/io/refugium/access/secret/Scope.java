package io.refugium.access.secret;

import java.util.List;

/**
 * What a secret asks to become: the database below the key's own that it wants to work in, and with
 * whose rights (spec access 2.4).
 *
 * @param path names of child databases, outermost first; empty for the key's own database
 * @param target with whose rights
 */
public record Scope(List<String> path, Target target) {
  /** The rights asked for. */
  public sealed interface Target {}

  /** A built-in role. */
  public enum BuiltIn implements Target {
    ADMIN,
    SERVER,
    SERVER_READONLY,
    CLIENT
  }

  /** A user-defined role, by its name in the target database. */
  public record Role(String name) implements Target {}

  /**
   * The identity of a user document, written {@code collection/id}.
   *
   * @param collection the name of the collection; null when the text has no slash, and so names no
   *     document
   * @param id the text after the last slash
   */
  public record Doc(String collection, String id) implements Target {}
}
