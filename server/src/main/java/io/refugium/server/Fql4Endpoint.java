package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.RateLimitExceeded;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql4.Fql4Queries;
import io.refugium.fql4.Fql4Queries.Answer;
import io.refugium.fql4.Fql4Queries.Cost;
import io.refugium.fql4.Fql4Queries.Query;
import io.refugium.fql4.language.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** {@code /} and {@code /linearized}: queries of FQL v4 (spec: HTTP surface 7). */
public final class Fql4Endpoint implements V4Endpoint.Handler {
  private static final byte[] NOTHING = {};

  private final Fql4Queries queries;
  private final boolean linearized;

  private Fql4Endpoint(Fql4Queries queries, boolean linearized) {
    this.queries = queries;
    this.linearized = linearized;
  }

  /** Queries at {@code /}: POST writes, GET reads what its parameter {@code q} asks. */
  public static Fql4Endpoint standard(Fql4Queries queries) {
    return new Fql4Endpoint(queries, false);
  }

  /** Queries at {@code /linearized}: POST only, validated even when they write nothing. */
  public static Fql4Endpoint linearized(Fql4Queries queries) {
    return new Fql4Endpoint(queries, true);
  }

  @Override
  public Response handle(Request request, V4Options options) {
    if (request.method().equals("POST")) {
      return answer(request, options, request.body(), false);
    }
    return request.method().equals("GET") && !linearized
        ? answer(request, options, parameter(request), true)
        : refuseMethod(request, options);
  }

  @Override
  public boolean answersBriefly() {
    return true;
  }

  private static byte[] parameter(Request request) {
    // "?q=" is a body that is not JSON; no q at all is no query.
    return request
        .parameter("q")
        .map(text -> (text.isEmpty() ? " !" : text).getBytes(StandardCharsets.UTF_8))
        .orElse(NOTHING);
  }

  /** The secret is checked before the method: so a query is tried whose answer is not shown. */
  private Response refuseMethod(Request request, V4Options options) {
    List<String> allowed = linearized ? List.of("POST") : List.of("GET", "POST");
    Response answer = answer(request, options, NOTHING, true);
    return answer.status() == ProtocolError.UNAUTHORIZED.status()
        ? answer
        : V4Responses.methodNotAllowed(request, allowed);
  }

  private Response answer(Request request, V4Options options, byte[] body, boolean readOnly) {
    Query query = new Query(body, options.apiVersion(), readOnly);
    return answer(
        request,
        options,
        () -> queries.run(request.credentials(), options.transaction(request, linearized), query));
  }

  /** Runs a query and makes an answer of whatever comes of it. */
  static Response answer(Request request, V4Options options, Supplier<Answer> query) {
    try {
      Answer answer = query.get();
      return Response.json(answer.status(), answer.body())
          .with(
              V4Headers.of(
                  request, answer.transactionTime(), metrics(answer.cost()), answer.body().length));
    } catch (AccessException.Unauthorized _) {
      return V4Responses.unauthorized(request);
    } catch (RateLimitExceeded exceeded) {
      return V4Responses.rateLimited(request, exceeded);
    } catch (DatabaseException.DeadlineExceeded over) {
      return timedOut(request, options, over);
    }
  }

  private static V4Headers.Metrics metrics(Cost cost) {
    return new V4Headers.Metrics(
        cost.computeOps(),
        cost.readOps(),
        cost.writeOps(),
        cost.bytesRead(),
        cost.bytesWritten(),
        cost.attempts() - 1,
        cost.limitsHit());
  }

  private static final long AGGRESSIVE_MILLIS = 1000;

  /** That a client's own deadline came too soon is told by the newest version only. */
  private static Response timedOut(
      Request request, V4Options options, DatabaseException.DeadlineExceeded over) {
    return options.apiVersion() == ApiVersion.UNSTABLE
            && request.elapsedMillis() < AGGRESSIVE_MILLIS
        ? Dialect.V4.error(
            ProtocolError.AGGRESSIVE_DEADLINE,
            "Client set aggressive deadline: query needs %d, timed out within %d"
                .formatted(AGGRESSIVE_MILLIS, options.timeoutMillis()),
            request)
        : Dialect.V4.error(ProtocolError.TIME_OUT, over.getMessage(), request);
  }
}
