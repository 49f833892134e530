package io.refugium.fql4;

import io.refugium.access.Gate;
import io.refugium.access.LoginSource;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.DocumentRefusal;
import io.refugium.fql4.documents.Writing;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Evaluation;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.Language;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.Program;
import io.refugium.fql4.language.SessionNames;
import io.refugium.fql4.language.VersionValue;
import io.refugium.fql4.wire.AnswerText;
import io.refugium.fql4.wire.ErrorWriter;
import io.refugium.fql4.wire.ValueWriter;
import io.refugium.model.JsonBuffer;
import io.refugium.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * Runs the queries of clients: from the bytes of a request to the bytes of its answer (spec: FQL
 * v4, section 1). Thread-safe.
 */
public final class Fql4Queries {
  private static final String ABORTED = "transaction aborted";

  /** How long it may take to find the name of a document that a query lost for. */
  private static final long NAMING_NANOS = 1_000_000_000L;

  private final Gate gate;
  private final Language language;

  public Fql4Queries(Gate gate, Fql4 language) {
    this.gate = gate;
    this.language = language.language();
  }

  /**
   * A query as it came.
   *
   * @param body the JSON of the expression, not to be changed
   * @param readOnly whether it came in a request that must not write
   */
  public record Query(byte[] body, ApiVersion version, boolean readOnly) {}

  /**
   * A request to the path of a resource, in the manner of the oldest clients (spec: HTTP surface,
   * 8).
   *
   * @param path the decoded segments of the path, at least one
   * @param body plain JSON, or empty
   */
  public record ResourceQuery(
      String method,
      List<String> path,
      Optional<String> size,
      Optional<String> before,
      Optional<String> after,
      byte[] body,
      ApiVersion version) {}

  /**
   * What to answer.
   *
   * @param status the HTTP status
   * @param body JSON in UTF-8
   * @param transactionTime when the transaction committed, or its snapshot, in microseconds
   * @param cost what the query has consumed
   */
  public record Answer(int status, byte[] body, long transactionTime, Cost cost) {}

  /**
   * What a query has consumed (spec: HTTP surface, 10).
   *
   * @param attempts how often it ran
   * @param limitsHit the soft rate limits that it met
   */
  public record Cost(
      long computeOps,
      long readOps,
      long writeOps,
      long bytesRead,
      long bytesWritten,
      int attempts,
      List<String> limitsHit) {

    /** Of an error only the limits are told that it met. */
    private static Cost ofError(Metrics metrics) {
      return new Cost(1, 0, 0, 0, 0, 1, metrics.limitsHit());
    }

    private static Cost of(Metrics metrics, int attempts) {
      return new Cost(
          metrics.computeOps(),
          metrics.readOps(),
          metrics.writeOps(),
          metrics.bytesRead(),
          metrics.bytesWritten(),
          attempts,
          metrics.limitsHit());
    }
  }

  /** A result rendered but for the time of its transaction. */
  private record Rendered(int status, JsonBuffer body) {}

  /**
   * Runs a query as one transaction.
   *
   * @throws io.refugium.access.AccessException.Unauthorized when the credentials are not accepted
   * @throws DatabaseException.DeadlineExceeded when its time was up
   * @throws io.refugium.access.RateLimitExceeded when its database has used up what it may use
   */
  public Answer run(Credentials credentials, TransactionOptions options, Query query) {
    return run(gate::execute, credentials, options, session -> evaluate(session, query));
  }

  /**
   * A request for a stream.
   *
   * @param stream the stream; null when the answer is a failure
   * @param answer the failure, or the head of the answer, without a body
   */
  public record Opening(Fql4Stream stream, Answer answer) {}

  /**
   * Opens a stream: evaluates its expression, which may only read.
   *
   * @param fields the text of the parameter that names the fields of events
   * @throws io.refugium.access.AccessException.Unauthorized when the credentials are not accepted
   * @throws DatabaseException.DeadlineExceeded when its time was up
   * @throws io.refugium.access.RateLimitExceeded when its database has used up what it may use
   */
  public Opening open(
      Credentials credentials, TransactionOptions options, Query query, Optional<String> fields) {
    Fql4Stream[] stream = new Fql4Stream[1];
    Answer answer =
        run(
            gate::openStream,
            credentials,
            options,
            session -> {
              Watched watched = watched(session, query);
              stream[0] =
                  new Fql4Stream(
                      session,
                      watched,
                      StreamFields.of(fields),
                      query.version(),
                      gate,
                      credentials);
              return new Rendered(200, AnswerText.empty());
            });
    return new Opening(stream[0], answer);
  }

  private Watched watched(Session session, Query query) {
    if (query.body().length == 0) {
      throw Errors.noQuery();
    }
    Program program = language.compile(query.body(), query.version());
    try (Evaluation evaluation =
        Evaluation.in(
            session.readOnly(), language, query.version(), Evaluation.EffectLimit.STREAM_REQUEST)) {
      try {
        return Watched.of(program.run(evaluation), query.version());
      } finally {
        session.metrics().addCompute(evaluation.computeUnits());
      }
    }
  }

  /** The methods that the resource at a path answers; empty when there can be none. */
  public static List<String> methodsOf(List<String> path) {
    Resource resource = Resource.at(path);
    return resource == null ? List.of() : resource.methods();
  }

  /**
   * Runs a request to a resource: as {@link #run(Credentials, TransactionOptions, Query)} does the
   * expression that it is short for.
   */
  public Answer run(Credentials credentials, TransactionOptions options, ResourceQuery query) {
    Resource resource = Resource.at(query.path());
    return run(
        gate::execute,
        credentials,
        options,
        session -> {
          if (resource == null) {
            throw Errors.noResource();
          }
          refuseKeyChange(session, resource, query.method());
          Value expression = resource.expression(query, new SessionNames(session));
          return evaluate(
              session,
              language.compile(expression, query.version()),
              query.version(),
              Evaluation.EffectLimit.NONE);
        });
  }

  /** Only the root key may change keys by PUT and PATCH. */
  private static void refuseKeyChange(Session session, Resource resource, String method) {
    if (!resource.isKey() || session.principal().loginSource() instanceof LoginSource.Root) {
      return;
    }
    if (method.equals("PUT")) {
      throw Errors.forbidden(
          "Replacing a key with PUT is not allowed: create a replacement key, then delete this key.");
    }
    if (method.equals("PATCH")) {
      throw Errors.forbidden(
          "Updating a key with PATCH is not allowed: use the Update FQL function to change key's user metadata.");
    }
  }

  /** One of the ways in. */
  @FunctionalInterface
  private interface Entrance {
    TransactionResult<Rendered> enter(
        Credentials credentials,
        TransactionOptions options,
        Metrics metrics,
        Gate.Body<Rendered> body);
  }

  private Answer run(
      Entrance entrance,
      Credentials credentials,
      TransactionOptions options,
      Gate.Body<Rendered> body) {
    Metrics metrics = new Metrics();
    long[] snapshot = {gate.now()};
    try {
      TransactionResult<Rendered> result =
          entrance.enter(
              credentials,
              options,
              metrics,
              session -> {
                snapshot[0] = session.snapshotTime();
                options.requireTime();
                return body.run(session);
              });
      return new Answer(
          result.value().status(),
          result.value().body().toBytes(result.time()),
          result.time(),
          Cost.of(metrics, result.attempts()));
    } catch (Fql4Exception failure) {
      return failed(failure, snapshot[0], metrics);
    } catch (DatabaseException.Contended contended) {
      Cost cost = Cost.of(metrics, contended.attempts() + 1);
      return new Answer(
          409,
          ErrorWriter.contended(contended.getMessage(), ref(credentials, contended)),
          snapshot[0],
          cost);
    } catch (DatabaseException.SnapshotTooOld | DatabaseException.TooLarge refused) {
      return failed(Errors.badRequest(refused.getMessage()), snapshot[0], metrics);
    }
  }

  /** The document that a query lost for, as JSON; null when there is not exactly one. */
  private String ref(Credentials credentials, DatabaseException.Contended contended) {
    if (contended.document() == null || contended.schema()) {
      return null;
    }
    return gate.execute(
            credentials,
            TransactionOptions.within(NAMING_NANOS),
            new Metrics(),
            session ->
                ValueWriter.toJson(
                    contended.document(), new SessionNames(session), ApiVersion.DEFAULT))
        .value();
  }

  private static Answer failed(Fql4Exception failure, long time, Metrics metrics) {
    boolean aborted = failure.errors().getFirst().code().equals(ABORTED);
    Cost cost =
        aborted
            ? new Cost(
                metrics.computeOps(),
                metrics.readOps(),
                0,
                metrics.bytesRead(),
                0,
                1,
                metrics.limitsHit())
            : Cost.ofError(metrics);
    return new Answer(failure.status(), ErrorWriter.write(failure.errors()), time, cost);
  }

  private Rendered evaluate(Session session, Query query) {
    Evaluation.EffectLimit effects =
        query.readOnly() ? Evaluation.EffectLimit.GET_REQUEST : Evaluation.EffectLimit.NONE;
    if (query.body().length == 0) {
      throw Errors.noQuery();
    }
    return evaluate(
        session, language.compile(query.body(), query.version()), query.version(), effects);
  }

  private Rendered evaluate(
      Session session, Program program, ApiVersion version, Evaluation.EffectLimit effects) {
    try (Evaluation evaluation = Evaluation.in(session, language, version, effects)) {
      try {
        Value value = program.run(evaluation);
        finish(session);
        return render(evaluation, value);
      } finally {
        session.metrics().addCompute(evaluation.computeUnits());
      }
    }
  }

  /** Lets the schema as a whole be checked and derived fields be set. */
  private static void finish(Session session) {
    if (!session.hasWrites()) {
      return;
    }
    try {
      session.finish();
    } catch (RuntimeException refused) {
      throw refused instanceof DocumentRefusal refusal
          ? Writing.refusal(Position.ROOT, refusal)
          : refused;
    }
  }

  private static Rendered render(Evaluation evaluation, Value value) {
    JsonBuffer out = AnswerText.empty();
    out.raw("{\"resource\":");
    new ValueWriter(out, evaluation.names(), evaluation.version()).write(value);
    out.raw('}');
    boolean created = value instanceof VersionValue version && version.created();
    return new Rendered(created ? 201 : 200, out);
  }
}
