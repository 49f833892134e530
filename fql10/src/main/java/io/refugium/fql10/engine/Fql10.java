package io.refugium.fql10.engine;

import io.refugium.access.AccessException;
import io.refugium.access.FunctionLibrary;
import io.refugium.access.Gate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Catalog;
import io.refugium.database.DatabaseException;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import io.refugium.fql10.documents.Schema;
import io.refugium.fql10.documents.SystemModules;
import io.refugium.fql10.environment.StaticChecks;
import io.refugium.fql10.request.QueryBody;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.model.Ref;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** FQL v10 as a whole: answers queries. Thread-safe; one instance serves all databases. */
public final class Fql10 {
  private final StandardLibrary library = new StandardLibrary(SystemModules.byName());
  private final SystemModules system = new SystemModules();
  private final CompiledQueries compiled = new CompiledQueries();
  private final StaticChecks checks = new StaticChecks(library);
  private final CursorSeal seal;

  /**
   * The language.
   *
   * @param seal makes cursors, for all databases
   */
  public Fql10(CursorSeal seal) {
    this.seal = seal;
  }

  /** The schema of the database that a session is in. */
  Schema schema(Session session) {
    return Schema.of(session.catalog(), library, system);
  }

  Schema schema(Catalog catalog) {
    return Schema.of(catalog, library, system);
  }

  /** Compiles the predicates that are written in this language. */
  public PredicateCompiler predicates() {
    return new StoredCode(this);
  }

  /** Runs the functions that are written in this language. */
  public FunctionLibrary functions() {
    return new StoredCode(this);
  }

  StandardLibrary library() {
    return library;
  }

  CompiledQueries compiled() {
    return compiled;
  }

  CursorSeal seal() {
    return seal;
  }

  /**
   * Answers a request to the query endpoint.
   *
   * @param header the value of the header of a name in lower case, or null
   */
  public QueryAnswer query(Gate gate, Function<String, String> header, byte[] body) {
    long start = System.nanoTime();
    String tags = "";
    try {
      QueryOptions options = QueryOptions.read(header);
      QueryBody query = QueryBody.read(body);
      tags = options.tags();
      return run(
          gate, Credentials.fromHeader(header.apply("authorization")), options, query, start);
    } catch (RequestFailure failure) {
      return AnswerWriter.protocolFailure(
          failure.status(), failure.code(), failure.getMessage(), tags);
    }
  }

  private QueryAnswer run(
      Gate gate, Credentials credentials, QueryOptions options, QueryBody query, long start) {
    Metrics metrics = new Metrics();
    AnswerWriter writer = new AnswerWriter(options, metrics, start);
    try {
      TransactionResult<Outcome.Success> result =
          gate.execute(
              credentials,
              new TransactionOptions(
                  options.attempts(),
                  start + TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis()),
                  options.lastTransaction(),
                  options.linearized()),
              metrics,
              session ->
                  new QueryRun(session, schema(session), library, compiled, checks, seal)
                      .run(query, options));
      return writer.success(result.value(), result.time(), result.attempts() - 1);
    } catch (Outcome.Undone undone) {
      return writer.failure(undone.failure());
    } catch (AccessException.Unauthorized unauthorized) {
      throw new RequestFailure(401, "unauthorized", "Access token required");
    } catch (AccessException refused) {
      throw new RequestFailure(403, "forbidden", "Access denied");
    } catch (DatabaseException failure) {
      throw protocol(failure, options);
    }
  }

  private static RequestFailure protocol(DatabaseException failure, QueryOptions options) {
    return switch (failure) {
      case DatabaseException.Contended contended ->
          new RequestFailure(409, "contended_transaction", contention(contended));
      case DatabaseException.DeadlineExceeded ignored ->
          new RequestFailure(
              440,
              "time_out",
              "Client set aggressive deadline: query needs 1000, timed out within "
                  + options.timeoutMillis());
      default -> RequestFailure.invalid(failure.getMessage());
    };
  }

  private static String contention(DatabaseException.Contended contended) {
    Ref document = contended.document();
    if (contended.schema()) {
      return "Transaction was aborted due to detection of concurrent modifications to schema.";
    }
    return document == null
        ? "Transaction was aborted due to detection of concurrent modification."
        : "Transaction was aborted due to detection of concurrent modifications to "
            + document.collection()
            + "("
            + document.id()
            + ").";
  }
}
