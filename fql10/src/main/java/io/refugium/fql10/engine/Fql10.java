package io.refugium.fql10.engine;

import io.refugium.access.AccessException;
import io.refugium.access.FunctionLibrary;
import io.refugium.access.Gate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.RateLimitExceeded;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.DocumentChecks;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.documents.ForeignWrites;
import io.refugium.fql10.documents.IndexedFields;
import io.refugium.fql10.documents.MigratedData;
import io.refugium.fql10.documents.Schema;
import io.refugium.fql10.documents.SchemaCheck;
import io.refugium.fql10.documents.SchemaDocuments;
import io.refugium.fql10.documents.SystemModules;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.encode.ResultWriter;
import io.refugium.fql10.environment.StaticChecks;
import io.refugium.fql10.request.QueryBody;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryLog;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaSources;
import io.refugium.fql10.sets.EventSources;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.model.JsonBuffer;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** FQL v10 as a whole: answers queries. Thread-safe; one instance serves all databases. */
public final class Fql10 {
  /** Deadlines that expire before this are the client's own doing (HTTP surface 14.3). */
  private static final long AGGRESSIVE_NANOS = 1_000_000_000;

  private final StandardLibrary library = new StandardLibrary(SystemModules.byName());
  private final SystemModules system = new SystemModules();
  private final CompiledQueries compiled = new CompiledQueries();
  private final StaticChecks checks = new StaticChecks(library);
  private final Supplier<CursorSeal> seal;
  private final SchemaSources sources;

  /**
   * The language.
   *
   * @param seal gives what makes cursors, for all databases: always the same, and asked for only
   *     when a query runs, so that it may be found out meanwhile
   * @param sources tell where the items of a schema are written
   */
  public Fql10(Supplier<CursorSeal> seal, SchemaSources sources) {
    this.seal = seal;
    this.sources = sources;
  }

  /** The language without schema files. */
  public Fql10(CursorSeal seal) {
    this(() -> seal, SchemaSources.NONE);
  }

  SchemaCheck schemaCheck() {
    return new SchemaCheck(sources, checks.library());
  }

  /**
   * What is wrong with the types, names and migrations of the schema that a session would leave.
   *
   * @param items what it says, with places
   */
  public List<Diagnostic> diagnoseSchema(Session session, List<SchemaItem> items) {
    return schemaCheck().diagnose(context(session), items);
  }

  /**
   * Records the migrations that lead to the schema that a session leaves, which has been
   * {@linkplain #diagnoseSchema diagnosed}.
   *
   * @param items what it says, with places
   * @return what is wrong with it beyond that
   */
  public List<Diagnostic> settleSchema(Session session, List<SchemaItem> items) {
    return schemaCheck().settle(context(session), items);
  }

  /** The types without a schema. */
  public TypeEnvironment libraryTypes() {
    return checks.library();
  }

  /** The fields of a stored document behind the last {@code count} migrations. */
  public ObjectValue migrate(
      Catalog catalog, CollectionDef collection, int count, ObjectValue fields) {
    return MigratedData.apply(schema(catalog), collection, count, fields);
  }

  /**
   * A document as a query would answer it in the simple format, for others than queries. The time
   * of the transaction is left open.
   */
  public JsonBuffer show(Session session, Ref document) {
    return ResultWriter.write(context(session), document, ResultFormat.SIMPLE);
  }

  /** Writes schema documents in a session, for others than queries. */
  public SchemaDocuments schemaDocuments(Session session) {
    return new SchemaDocuments(context(session));
  }

  /** Whether a text is that of an event source of some database. */
  boolean isEventSource(String token) {
    return EventSources.isToken(token, seal()::open);
  }

  /** A context in which code runs in a session. */
  QueryContext context(Session session) {
    return new QueryContext(
        new SessionEnvironment(session, schema(session), compiled, seal()),
        library,
        new QueryLog());
  }

  /**
   * The value of a computed field for an index, or null for none; whatever goes wrong is no value.
   */
  public Value indexedField(
      Catalog catalog, CollectionDef collection, String field, Document document) {
    QueryContext context = new QueryContext(new Detached(), library, new QueryLog());
    try {
      return IndexedFields.value(context, schema(catalog), collection, field, document);
    } catch (RequestFailure tooMuchCompute) {
      return null;
    }
  }

  /** Checks the documents that others write. */
  public DocumentChecks documentChecks() {
    return new ForeignWrites(this::context);
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
    return seal.get();
  }

  /** What a query in this session may name and of which types it is, as JSON for editors. */
  public byte[] describe(Session session) {
    return EnvironmentWriter.write(
        checks.completeEnvironment(session.catalog()), schema(session).catalog().version());
  }

  /**
   * Answers a request to the query endpoint.
   *
   * @param transaction how to run it; its deadline is that of the options
   * @param start when the request came, as {@link System#nanoTime} counts
   */
  public QueryAnswer query(
      Gate gate,
      Credentials credentials,
      TransactionOptions transaction,
      QueryOptions options,
      byte[] body,
      long start) {
    try {
      return run(gate, credentials, transaction, options, QueryBody.read(body), start);
    } catch (RequestFailure failure) {
      return AnswerWriter.protocolFailure(failure, options.tags());
    }
  }

  private QueryAnswer run(
      Gate gate,
      Credentials credentials,
      TransactionOptions transaction,
      QueryOptions options,
      QueryBody query,
      long start) {
    Metrics metrics = new Metrics();
    AnswerWriter writer = new AnswerWriter(options, metrics, start);
    AtomicReference<Schema> seen = new AtomicReference<>();
    try {
      TransactionResult<Outcome.Success> result =
          gate.execute(
              credentials,
              transaction,
              metrics,
              session -> {
                transaction.requireTime();
                seen.set(schema(session));
                return new QueryRun(
                        session,
                        seen.get(),
                        library,
                        compiled,
                        checks,
                        schemaCheck(),
                        seal(),
                        options)
                    .run(query);
              });
      return writer.success(result.value(), result.time(), result.attempts() - 1);
    } catch (Outcome.Undone undone) {
      return writer.failure(undone.failure());
    } catch (RateLimitExceeded exceeded) {
      return writer.rateLimited(exceeded);
    } catch (AccessException refused) {
      throw protocol(refused);
    } catch (DatabaseException failure) {
      throw protocol(failure, options.timeoutMillis(), start, seen.get());
    }
  }

  static RequestFailure protocol(AccessException refused) {
    return refused instanceof AccessException.Unauthorized
        ? new RequestFailure(401, "unauthorized", "Access token required")
        : new RequestFailure(403, "forbidden", "Access denied");
  }

  /** Turns what the database refused into an answer; the schema, if known, names documents. */
  static RequestFailure protocol(
      DatabaseException failure, long timeoutMillis, long start, Schema schema) {
    return switch (failure) {
      case DatabaseException.Contended contended ->
          new RequestFailure(409, "contended_transaction", contention(contended, schema));
      case DatabaseException.DeadlineExceeded over -> timedOut(over, timeoutMillis, start);
      default -> RequestFailure.invalid(failure.getMessage());
    };
  }

  /**
   * A deadline that came soon was the client's choice; one that came late is the server's fault.
   */
  private static RequestFailure timedOut(
      DatabaseException.DeadlineExceeded over, long timeoutMillis, long start) {
    return System.nanoTime() - start < AGGRESSIVE_NANOS
        ? new RequestFailure(
            440,
            "time_out",
            "Client set aggressive deadline: query needs "
                + AGGRESSIVE_NANOS / 1_000_000
                + ", timed out within "
                + timeoutMillis)
        : new RequestFailure(503, "time_out", over.getMessage());
  }

  private static String contention(DatabaseException.Contended contended, Schema schema) {
    Ref document = contended.document();
    if (contended.schema()) {
      return "Transaction was aborted due to detection of concurrent modifications to schema.";
    }
    return document == null || schema == null
        ? "Transaction was aborted due to detection of concurrent modification."
        : "Transaction was aborted due to detection of concurrent modifications to "
            + schema.collectionName(document.collection())
            + "("
            + document.id()
            + ").";
  }
}
