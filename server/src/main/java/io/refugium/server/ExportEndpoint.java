package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.Gate;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.refusal.DatabaseException;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code /export/1/...}: the jobs that exported databases in the cloud (spec: HTTP surface 9.4).
 * There are none here, so whoever may look finds nothing; whoever may not is told no more than that
 * (spec: access 3.2).
 */
public final class ExportEndpoint implements Endpoint {
  private static final String ROOT = "/export/1";
  private static final Set<String> METHODS = Set.of("GET", "PUT", "DELETE");

  private final Gate gate;

  /** Answers whom this gate lets in. */
  public ExportEndpoint(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Response handle(Request request) {
    if (!request.path().equals(ROOT) && !request.path().startsWith(ROOT + "/")) {
      return V4Responses.notFound(request);
    }
    try {
      if (!mayExport(request)) {
        return error(403, "Access denied");
      }
    } catch (AccessException.Unauthorized _) {
      return error(401, "Access token required").with("www-authenticate", "Bearer");
    } catch (DatabaseException.DeadlineExceeded _) {
      return Dialect.V10.error(ProtocolError.TIME_OUT, "Read timed out", request);
    }
    return METHODS.contains(request.method())
        ? error(404, "Not found")
        : error(405, "Method not allowed");
  }

  private boolean mayExport(Request request) {
    TransactionOptions options =
        new TransactionOptions(
            1,
            request.receivedNanos()
                + TimeUnit.MILLISECONDS.toNanos(HeaderValues.DEFAULT_TIMEOUT_MILLIS),
            0,
            false,
            request.abandoned());
    return gate.execute(
            request.credentials(),
            options,
            new Metrics(),
            session -> session.permissions().mayExport())
        .value();
  }

  private static Response error(int status, String message) {
    return Response.json(status, "{\"error\":\"" + message + "\"}");
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
