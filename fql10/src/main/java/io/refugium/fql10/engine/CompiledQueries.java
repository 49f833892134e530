package io.refugium.fql10.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.fql10.compile.CompiledQuery;
import io.refugium.fql10.compile.Compiler;
import io.refugium.fql10.documents.Schema;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.syntax.Expression;
import java.util.Optional;
import java.util.Set;

/**
 * Queries that have been compiled, so that a repeated query is neither parsed nor compiled again.
 * An entry holds for one version of one database's schema. Thread-safe.
 */
final class CompiledQueries {
  /** How many characters of query text are kept in all, names of arguments included. */
  private static final long MAX_CHARACTERS = 8L << 20;

  /** What an entry takes beside its text, in characters. */
  private static final int ENTRY = 256;

  private final Cache<Key, CompiledQuery> cache =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((Key key, CompiledQuery query) -> key.weight())
          .executor(Runnable::run)
          .build();

  private record Key(long scope, long version, QueryText text, Set<String> arguments) {
    int weight() {
      int weight = ENTRY + text.source().text().length();
      for (String argument : arguments) {
        weight += ENTRY / 4 + argument.length();
      }
      return weight;
    }
  }

  /** The compiled form of a text, if it is known. */
  Optional<CompiledQuery> find(Schema schema, QueryText text, Set<String> arguments) {
    return Optional.ofNullable(cache.getIfPresent(key(schema, text, arguments)));
  }

  /** Compiles a parsed text and keeps the result. */
  CompiledQuery compile(Schema schema, QueryText text, Expression tree, Set<String> arguments) {
    CompiledQuery compiled = Compiler.compile(text, tree, schema, arguments);
    cache.put(key(schema, text, arguments), compiled);
    return compiled;
  }

  private static Key key(Schema schema, QueryText text, Set<String> arguments) {
    return new Key(
        schema.catalog().scope(), schema.catalog().version(), text, Set.copyOf(arguments));
  }
}
