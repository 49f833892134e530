package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.Gate;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fsl.DiffStyle;
import io.refugium.fsl.ItemEdit;
import io.refugium.fsl.ItemKind;
import io.refugium.fsl.ItemView;
import io.refugium.fsl.SchemaFailure;
import io.refugium.fsl.SchemaService;
import io.refugium.fsl.StageStatus;
import io.refugium.fsl.diff.DiffFormat;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** {@code /schema/1/...}: the schema of a database as files (spec: schema 10). */
public final class SchemaEndpoint implements Endpoint {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PREFIX = "/schema/1/";
  private static final int ATTEMPTS = 5;
  private static final long TIMEOUT_SECONDS = 120;
  private static final int MAX_FILES = 1024;
  private static final long ROOT = 0;
  private static final String CONTENDED =
      "Transaction was aborted due to detection of concurrent modification.";

  private final SchemaService service;
  private final Gate gate;

  /** Answers requests about the schemas of the databases that this gate lets into. */
  public SchemaEndpoint(SchemaService service, Gate gate) {
    this.service = service;
    this.gate = gate;
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }

  @Override
  public Response handle(Request request) {
    try {
      return route(request);
    } catch (SchemaFailure failure) {
      return error(failure.status(), failure.getMessage());
    } catch (AccessException.Unauthorized unauthorized) {
      return error(401, "Access token required").with("www-authenticate", "Bearer");
    } catch (AccessException denied) {
      return error(403, "Access denied");
    } catch (DatabaseException.Contended contended) {
      return error(409, CONTENDED);
    }
  }

  private Response route(Request request) {
    if (!request.path().startsWith(PREFIX)) {
      return V4Responses.notFound(request);
    }
    String path = request.path().substring(PREFIX.length());
    if (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return switch (path) {
      case "update" -> only("POST", request, this::update);
      case "diff", "validate" -> only("POST", request, this::diff);
      case "files" -> only("GET", request, this::files);
      case "status", "staged/status" -> only("GET", request, this::status);
      case "commit", "staged/commit" ->
          only("POST", request, asked -> change(asked, service::commit));
      case "abandon", "staged/abandon" ->
          only("POST", request, asked -> change(asked, service::abandon));
      default -> routeBelow(request, path);
    };
  }

  private Response routeBelow(Request request, String path) {
    if (path.startsWith("files/")) {
      String name = QueryStrings.decodePath(path.substring("files/".length()));
      return only("GET", request, asked -> file(asked, name));
    }
    String[] steps = path.split("/");
    if (steps[0].equals("items") && (steps.length == 2 || steps.length == 3)) {
      ItemKind kind = ItemKind.at(steps[1]).orElseThrow(() -> new SchemaFailure(404, "Not found"));
      String name = steps.length == 2 ? null : QueryStrings.decodePath(steps[2]);
      return items(request, kind, name);
    }
    return error(404, "Not found");
  }

  private static Response only(String method, Request request, Function<Request, Response> answer) {
    return request.method().equals(method)
        ? answer.apply(request)
        : error(405, "Method not allowed");
  }

  // --- requests -------------------------------------------------------------------------------

  private Response update(Request request) {
    Map<String, String> files = submitted(request);
    boolean override = overrides(request);
    boolean staged = isSet(request, "staged");
    return change(
        request,
        session -> {
          if (staged) {
            requireStageable(session);
          }
          service.update(session, files, override, staged);
        });
  }

  /** The schema of the root database cannot be staged. */
  private static void requireStageable(Session session) {
    if (session.scope() == ROOT) {
      throw new SchemaFailure(400, "Schema cannot be staged in the root database");
    }
  }

  /** Changes the schema and answers the new version. */
  private Response change(Request request, Consumer<Session> body) {
    TransactionResult<Boolean> result =
        execute(
            request,
            session -> {
              requireWriter(session);
              requireVersion(session, request);
              body.accept(session);
              return true;
            });
    return answer(json -> json.writeNumberProperty("version", result.time()));
  }

  private Response status(Request request) {
    record Status(long version, StageStatus stage, Optional<String> diff) {}

    Optional<DiffStyle> style = style(request);
    Gate.Body<Status> body =
        session -> {
          requireStageable(session);
          requireVersion(session, request);
          long version = session.catalog().version();
          StageStatus stage = service.status(session);
          return new Status(
              version, stage, style.map(format -> service.stagedDiff(session, format)));
        };
    Status status = gate.rehearse(credentials(request), options(request), new Metrics(), body);
    return answer(
        json -> {
          json.writeNumberProperty("version", status.version());
          json.writeStringProperty("status", status.stage().state().text());
          status
              .diff()
              .ifPresent(
                  diff -> {
                    json.writeStringProperty("pending_summary", status.stage().pending());
                    json.writeStringProperty("diff", diff);
                  });
        });
  }

  private Response diff(Request request) {
    Map<String, String> files = submitted(request);
    boolean override = overrides(request);
    DiffStyle style = style(request).orElse(semantic(request));
    return rehearse(
        request,
        session -> {
          requireVersion(session, request);
          return service.diff(session, files, override, isSet(request, "staged"), style);
        });
  }

  /** Answers a difference that is found out by changes that are taken back. */
  private Response rehearse(Request request, Gate.Body<String> body) {
    record Difference(long version, String text) {}

    Difference difference =
        gate.rehearse(
            credentials(request),
            options(request),
            new Metrics(),
            session -> new Difference(session.catalog().version(), body.run(session)));
    return answer(
        json -> {
          json.writeNumberProperty("version", difference.version());
          json.writeStringProperty("diff", difference.text());
        });
  }

  private static boolean overrides(Request request) {
    return !request.parameter("override").orElse("").equals("false");
  }

  private static boolean isSet(Request request, String parameter) {
    return request.parameter(parameter).orElse("").equals("true");
  }

  /** How differences are to be told, if the request says so. */
  private static Optional<DiffStyle> style(Request request) {
    return request
        .parameter("format")
        .or(() -> request.parameter("diff").map(name -> name.equals("true") ? "semantic" : name))
        .flatMap(DiffFormat::named)
        .map(format -> new DiffStyle(format, isColoured(request)));
  }

  private static DiffStyle semantic(Request request) {
    return new DiffStyle(DiffFormat.SEMANTIC, isColoured(request));
  }

  private static boolean isColoured(Request request) {
    return request.parameter("color").orElse("").equals("ansi");
  }

  private static Map<String, String> submitted(Request request) {
    Map<String, String> files;
    try {
      files = MultipartForm.read(request.header("content-type"), request.body());
    } catch (IllegalArgumentException e) {
      throw new SchemaFailure(400, e.getMessage());
    }
    if (files.size() > MAX_FILES) {
      throw new SchemaFailure(400, "Too many files");
    }
    for (String name : files.keySet()) {
      if (!name.endsWith(".fsl") || name.startsWith("*")) {
        throw new SchemaFailure(400, "Invalid filename `" + name + "`");
      }
    }
    return files;
  }

  private record Read(long version, Map<String, String> files) {}

  private Read read(Request request) {
    return execute(
            request,
            session -> {
              requireReader(session);
              requireVersion(session, request);
              return new Read(
                  session.catalog().version(),
                  isSet(request, "staged") ? service.latestFiles(session) : service.files(session));
            })
        .value();
  }

  private Response files(Request request) {
    Read read = read(request);
    return answer(
        json -> {
          json.writeNumberProperty("version", read.version());
          json.writeArrayPropertyStart("files");
          for (String name : read.files().keySet()) {
            json.writeStartObject();
            json.writeStringProperty("filename", name);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Response file(Request request, String name) {
    Read read = read(request);
    String content = read.files().get(name);
    if (content == null) {
      return error(404, "Not found");
    }
    return answer(
        json -> {
          json.writeNumberProperty("version", read.version());
          json.writeStringProperty("content", content);
        });
  }

  // --- single items ---------------------------------------------------------------------------

  private Response items(Request request, ItemKind kind, String name) {
    String snippet = new String(request.body(), StandardCharsets.UTF_8);
    boolean one = name != null;
    if (request.method().equals("POST")) {
      return edit(
          request, one ? ItemEdit.replace(kind, name, snippet) : ItemEdit.add(kind, snippet));
    }
    if (one && request.method().equals("GET")) {
      return item(request, kind, name);
    }
    return one && request.method().equals("DELETE")
        ? edit(request, ItemEdit.remove(kind, name))
        : error(405, "Method not allowed");
  }

  private Response item(Request request, ItemKind kind, String name) {
    record Shown(long version, ItemView item) {}

    TransactionResult<Shown> shown =
        execute(
            request,
            session -> {
              requireReader(session);
              requireVersion(session, request);
              return new Shown(session.catalog().version(), service.item(session, kind, name));
            });
    return answer(json -> item(json, shown.value().version(), shown.value().item(), shown.time()));
  }

  private Response edit(Request request, ItemEdit edit) {
    if (isSet(request, "validate")) {
      DiffStyle style = style(request).orElse(semantic(request));
      return rehearse(request, session -> service.diff(session, edit, style));
    }
    TransactionResult<ItemView> changed =
        execute(
            request,
            session -> {
              requireWriter(session);
              requireVersion(session, request);
              return service.apply(session, edit);
            });
    return answer(json -> item(json, changed.time(), changed.value(), changed.time()));
  }

  private static void item(JsonGenerator json, long version, ItemView item, long time) {
    json.writeNumberProperty("version", version);
    json.writeStringProperty("filename", item.file());
    json.writeName("span");
    json.writeStartObject();
    json.writeNumberProperty("start", item.start());
    json.writeNumberProperty("end", item.end());
    json.writeEndObject();
    json.writeStringProperty("content", item.text());
    json.writeName("definition");
    item.definition()
        .ifPresentOrElse(
            document ->
                json.writeRawValue(new String(document.toBytes(time), StandardCharsets.UTF_8)),
            json::writeNull);
  }

  // --- common ---------------------------------------------------------------------------------

  private <T> TransactionResult<T> execute(Request request, Gate.Body<T> body) {
    return gate.execute(credentials(request), options(request), new Metrics(), body);
  }

  private static Credentials credentials(Request request) {
    return request.credentials();
  }

  private static TransactionOptions options(Request request) {
    long deadline = request.receivedNanos() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    return new TransactionOptions(ATTEMPTS, deadline, 0, false, request.abandoned());
  }

  private static void requireReader(Session session) {
    if (!session.permissions().mayReadSchema()) {
      throw new SchemaFailure(403, "Access denied");
    }
  }

  private static void requireWriter(Session session) {
    if (!session.permissions().mayWriteSchema()) {
      throw new SchemaFailure(403, "Access denied");
    }
  }

  private static void requireVersion(Session session, Request request) {
    boolean forced = isSet(request, "force");
    String version = request.parameter("version").orElse("");
    boolean numeric = version.matches("-?[0-9]+");
    if (!forced && numeric && !version.equals(Long.toString(session.catalog().version()))) {
      throw new SchemaFailure(409, "Stale schema version provided");
    }
  }

  private static Response answer(Consumer<JsonGenerator> members) {
    return json(200, members);
  }

  private static Response error(int status, String message) {
    return json(
        status,
        json -> {
          json.writeName("error");
          json.writeStartObject();
          json.writeStringProperty("message", message);
          json.writeEndObject();
        });
  }

  private static Response json(int status, Consumer<JsonGenerator> members) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return Response.json(status, out.toString());
  }
}
