package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.Gate;
import io.refugium.database.Metrics;
import io.refugium.database.refusal.DatabaseException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code POST /backup}, with {@code ?keep=N} or without: makes a backup of all databases on the
 * machine of the server, and answers where it is. What is in it never leaves that machine. This is
 * Refugium's own; no driver asks for it.
 *
 * <p>Only for the root secret. A request chooses neither the place nor the name.
 */
public final class BackupEndpoint implements Endpoint {
  /** Its path. */
  public static final String PATH = "/backup";

  private static final String KEEP = "keep";
  private static final JsonFactory JSON = new JsonFactory();

  private final Gate gate;
  private final Backups backups;

  /** What makes backups. Thread-safe. */
  public interface Backups {
    /** How many can be kept. */
    int most();

    /**
     * Makes one.
     *
     * @param keep how many to keep, this one included, from 1 to {@link #most}; empty to keep all
     * @throws Refused when none can be made now
     */
    Backup make(OptionalInt keep) throws Refused;
  }

  /**
   * A backup that was made.
   *
   * @param path the directory that a server can be started with
   * @param bytes the sizes of its files
   * @param lastCommit the time of the newest commit in it
   * @param removed the older backups that were removed
   */
  public record Backup(Path path, long bytes, Instant lastCommit, List<Path> removed) {}

  /** No backup was made; the message is for whoever runs the server. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Makes backups for whom this gate knows to have the root secret. */
  public BackupEndpoint(Gate gate, Backups backups) {
    this.gate = gate;
    this.backups = backups;
  }

  @Override
  public Response handle(Request request) {
    try {
      if (!isRoot(request)) {
        return error(ProtocolError.FORBIDDEN, "Only the root secret can make backups", request);
      }
    } catch (AccessException.Unauthorized _) {
      return error(ProtocolError.UNAUTHORIZED, "Access token required", request)
          .with("www-authenticate", "Bearer");
    } catch (DatabaseException.DeadlineExceeded _) {
      return error(ProtocolError.TIME_OUT, "Read timed out", request);
    }
    if (!request.method().equals("POST")) {
      return error(ProtocolError.METHOD_NOT_ALLOWED, "Method not allowed", request);
    }
    Optional<String> keep = request.parameter(KEEP);
    if (keep.isPresent() && !isKeepable(keep.get())) {
      String message = "keep must be a number from 1 to " + backups.most();
      return error(ProtocolError.BAD_REQUEST, message, request);
    }
    try {
      return Response.json(200, write(backups.make(number(keep))));
    } catch (Refused e) {
      return error(ProtocolError.CONFLICT, e.getMessage(), request);
    }
  }

  private boolean isKeepable(String keep) {
    return keep.matches("[1-9]\\d{0,8}") && Integer.parseInt(keep) <= backups.most();
  }

  private static OptionalInt number(Optional<String> keep) {
    return keep.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(keep.get()));
  }

  private boolean isRoot(Request request) {
    return gate.execute(
            request.credentials(),
            request.transaction(0, HeaderValues.DEFAULT_TIMEOUT_MILLIS, 0, false),
            new Metrics(),
            session -> session.principal().isRoot())
        .value();
  }

  private static String write(Backup backup) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("path", backup.path().toString());
      json.writeNumberProperty("bytes", backup.bytes());
      json.writeStringProperty("last_commit", backup.lastCommit().toString());
      json.writeArrayPropertyStart("removed");
      for (Path removed : backup.removed()) {
        json.writeString(removed.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString();
  }

  private static Response error(ProtocolError error, String message, Request request) {
    return Dialect.V10.error(error, message, request);
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
