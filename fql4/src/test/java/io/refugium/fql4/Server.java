package io.refugium.fql4;

import io.refugium.access.FunctionLibrary;
import io.refugium.access.Gate;
import io.refugium.access.Languages;
import io.refugium.access.Predicate;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Database;
import io.refugium.database.DocumentChecks;
import io.refugium.database.Hooks;
import io.refugium.database.SchemaChecks;
import io.refugium.database.TransactionOptions;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FieldFunctions;
import io.refugium.database.document.Document;
import io.refugium.fql4.Fql4Queries.Answer;
import io.refugium.fql4.Fql4Queries.Query;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.model.LambdaValue;
import io.refugium.model.Value;
import io.refugium.storage.Store;
import io.refugium.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A database in memory that speaks FQL v4 and nothing else, asked with the root secret unless
 * another one is given.
 */
final class Server implements AutoCloseable {
  static final String ROOT = "rootsecret";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fql4 language = new Fql4(Clock.systemUTC());
  private final Store store = new MemoryStore();
  private final Database database =
      Database.open(
          store, new Hooks(new Bindings(language), DocumentChecks.NONE, SchemaChecks.NONE));
  private final Fql4Queries queries = new Fql4Queries(gate(), language);

  private Gate gate() {
    FunctionLibrary none =
        (_, _, _) -> {
          throw new FunctionLibrary.FunctionFailure("none", "only FQL v4 here");
        };
    Languages languages =
        new Languages(
            language.predicates(),
            (_, _) -> (_, _) -> new Predicate.Outcome.Failed("none"),
            language.functions(),
            none);
    return new Gate(database, languages, List.of(Gate.hashRootSecret(ROOT)));
  }

  private record Bindings(Fql4 language) implements FieldFunctions {
    @Override
    public Value binding(Catalog catalog, LambdaValue function, Document document) {
      return language.binding(catalog, function, document);
    }

    @Override
    public Value computedField(
        Catalog catalog, CollectionDef collection, String field, Document document) {
      return null;
    }
  }

  Answer run(String secret, String query, boolean readOnly) {
    Query request = new Query(query.getBytes(StandardCharsets.UTF_8), ApiVersion.V4, readOnly);
    return queries.run(
        Credentials.bearer(secret),
        TransactionOptions.within(TimeUnit.SECONDS.toNanos(20)),
        request);
  }

  /** The resource that a query gives; fails when there is none. */
  JsonNode ask(String query) {
    return ask(ROOT, query);
  }

  JsonNode ask(String secret, String query) {
    JsonNode body = body(run(secret, query, false));
    if (!body.has("resource")) {
      throw new AssertionError(body.toString());
    }
    return body.get("resource");
  }

  /** The first error of a query that fails. */
  JsonNode failure(String query) {
    return failure(ROOT, query);
  }

  JsonNode failure(String secret, String query) {
    return body(run(secret, query, false)).get("errors").get(0);
  }

  /** A stream of what a query gives. */
  Fql4Stream stream(String query) {
    Query request = new Query(query.getBytes(StandardCharsets.UTF_8), ApiVersion.V4, true);
    return queries
        .open(
            Credentials.bearer(ROOT),
            TransactionOptions.within(TimeUnit.SECONDS.toNanos(20)),
            request,
            Optional.empty())
        .stream();
  }

  /** Forgets everything that is not the present. */
  void forget() {
    store.prune(store.readPoint());
  }

  static JsonNode body(Answer answer) {
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    database.close();
  }
}
