package io.refugium.fql10.runtime;

import io.refugium.fql10.source.QueryText;
import io.refugium.model.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a running query sees of the transaction and of the database around it. Not thread-safe. */
public interface Environment {
  /** The time of the snapshot that the query reads; constant within a query. */
  Instant snapshotTime();

  /** A new document id: positive, never given before, greater than those given before. */
  long newId();

  /** Which database the query runs in. */
  long databaseId();

  /** Access to documents, as far as the caller may see them. */
  Documents documents();

  /** The rights of the request, if the running code has others. */
  Optional<Rights> requestRights();

  /** A name of the rights that the running code has: equal if they are. */
  String rightsName();

  /** The names of the library and of the schema. */
  Globals globals();

  /** The document of the collection or function with a name or alias; empty if there is none. */
  Optional<Value> definitionOf(String name);

  /**
   * The function at a place of a text, for cursors.
   *
   * @param arguments the names of the request arguments of the query that the text is
   * @return empty if there is no function there, or the text does not parse
   */
  Optional<LambdaCode> lambdaAt(
      QueryText text, Set<String> arguments, int start, int end, boolean projection);

  /** Turns the recipe of a set or a value of it into a text that {@link #open} accepts. */
  String seal(Value recipe);

  /**
   * The recipe in a text that {@link #seal} made.
   *
   * @throws QueryFailure {@code invalid_cursor} for any other text
   */
  Value open(String sealed);

  /** The set of documents or index entries that a recipe describes; see {@link StoredSet}. */
  SetValue storedSet(Value recipe);

  /**
   * Counts units of compute (http specification, section 10.3); fails when there are too many, or
   * the query has run out of time.
   */
  void addCompute(long units);

  /** Fails when the query has run out of time. */
  void checkDeadline();
}
