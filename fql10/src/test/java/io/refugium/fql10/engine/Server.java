package io.refugium.fql10.engine;

import io.refugium.access.FunctionLibrary;
import io.refugium.access.Gate;
import io.refugium.access.Languages;
import io.refugium.access.Predicate;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Database;
import io.refugium.database.Hooks;
import io.refugium.database.SchemaChecks;
import io.refugium.database.TransactionOptions;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FieldFunctions;
import io.refugium.database.document.Document;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import io.refugium.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A database in memory that speaks FQL v10 and nothing else, asked with the root secret unless
 * another one is given.
 */
final class Server implements AutoCloseable {
  static final String ROOT = "rootsecret";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fql10 language = new Fql10(new CursorSeal(new byte[32]));
  private final Database database =
      Database.open(
          new MemoryStore(),
          new Hooks(new Fields(language), language.documentChecks(), SchemaChecks.NONE));
  private final Gate gate = gate();

  private Gate gate() {
    FunctionLibrary none =
        (_, _, _) -> {
          throw new FunctionLibrary.FunctionFailure("none", "only FQL v10 here");
        };
    Languages languages =
        new Languages(
            (_, _) -> (_, _) -> new Predicate.Outcome.Failed("none"),
            language.predicates(),
            none,
            language.functions());
    return new Gate(database, languages, List.of(Gate.hashRootSecret(ROOT)));
  }

  private record Fields(Fql10 language) implements FieldFunctions {
    @Override
    public Value binding(Catalog catalog, LambdaValue function, Document document) {
      return null;
    }

    @Override
    public Value computedField(
        Catalog catalog, CollectionDef collection, String field, Document document) {
      return language.indexedField(catalog, collection, field, document);
    }

    @Override
    public ObjectValue migrate(
        Catalog catalog, CollectionDef collection, List<Value> migrations, ObjectValue fields) {
      return language.migrate(catalog, collection, migrations.size(), fields);
    }
  }

  /** The answer to a query, with its status. */
  QueryAnswer run(String secret, String query, boolean typechecked, long millis) {
    byte[] body = JSON.writeValueAsString(Map.of("query", query)).getBytes(StandardCharsets.UTF_8);
    QueryOptions options =
        new QueryOptions(
            ResultFormat.SIMPLE,
            Optional.of(typechecked),
            false,
            TimeUnit.SECONDS.toMillis(30),
            "");
    return language.query(
        gate,
        Credentials.bearer(secret),
        TransactionOptions.within(TimeUnit.MILLISECONDS.toNanos(millis)),
        options,
        body,
        System.nanoTime());
  }

  /** The whole body of the answer to a query that is not checked beforehand. */
  JsonNode answer(String secret, String query) {
    return JSON.readTree(run(secret, query, false, 30_000).body());
  }

  /** The result of a query; fails if there is none. */
  JsonNode ask(String query) {
    return ask(ROOT, query);
  }

  /** The result of a query asked with a secret; fails if there is none. */
  JsonNode ask(String secret, String query) {
    JsonNode answer = answer(secret, query);
    if (!answer.has("data")) {
      throw new AssertionError(query + ": " + answer);
    }
    return answer.get("data");
  }

  @Override
  public void close() {
    database.close();
  }
}
