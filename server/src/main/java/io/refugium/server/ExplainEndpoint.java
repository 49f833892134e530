package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.Explanation;
import io.refugium.access.Explanation.Asked;
import io.refugium.access.Explanation.Caller;
import io.refugium.access.Explanation.Step;
import io.refugium.access.Explanation.Subject;
import io.refugium.access.Gate;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql4.Fql4;
import io.refugium.fql4.Fql4Queries;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code /explain} in front of the path of a query: {@code /explain/query/1} for FQL v10, {@code
 * /explain/} for FQL v4. Runs the query as it would run, takes everything back, and tells what it
 * would have answered, who asked, and each decision with its reason. This is Refugium's own; no
 * driver asks for it.
 *
 * <p>Only for the root secret and keys with the role admin, which say by a scope on whose behalf
 * they ask.
 */
public final class ExplainEndpoint implements Endpoint {
  /** The first segment of its paths. */
  public static final String FAMILY = "/explain";

  private static final JsonFactory JSON = new JsonFactory();

  private final Gate gate;
  private final Fql4 fql4;
  private final Fql10 fql10;

  /** Explains what this gate and both languages do. */
  public ExplainEndpoint(Gate gate, Fql4 fql4, Fql10 fql10) {
    this.gate = gate;
    this.fql4 = fql4;
    this.fql10 = fql10;
  }

  @Override
  public Response handle(Request request) {
    var explanation = new Explanation();
    Endpoint endpoint = endpoint(request.path(), gate.explaining(explanation));
    if (endpoint == null) {
      return V4Responses.notFound(request);
    }
    Response answer;
    try {
      answer = endpoint.handle(request);
    } catch (AccessException.NotExplained refused) {
      return dialect().error(ProtocolError.FORBIDDEN, refused.getMessage(), request);
    }
    return explanation.caller() == null ? answer : Response.json(200, write(explanation, answer));
  }

  private Endpoint endpoint(String path, Gate explaining) {
    return switch (path) {
      case FAMILY + "/query/1" -> new QueryEndpoint(fql10, explaining);
      case FAMILY, FAMILY + "/" ->
          new V4Endpoint(Fql4Endpoint.standard(new Fql4Queries(explaining, fql4)));
      default -> null;
    };
  }

  private static byte[] write(Explanation explanation, Response answer) {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("status", answer.status());
      json.writeName("answer");
      json.writeRawValue(
          answer.body().length == 0 ? "null" : new String(answer.body(), StandardCharsets.UTF_8));
      write(json, explanation.caller());
      json.writeArrayPropertyStart("decisions");
      for (Step step : explanation.steps()) {
        write(json, step);
      }
      json.writeEndArray();
      json.writeNumberProperty("omitted", explanation.omitted());
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, Caller caller) {
    json.writeObjectPropertyStart("caller");
    json.writeStringProperty("secret", caller.secret());
    if (caller.identity() != null) {
      write(json, "identity", caller.identity());
    }
    write(json, "rights", caller.rights());
    writeAsked(json, "memberships", caller.memberships());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Step step) {
    json.writeStartObject();
    json.writeStringProperty("action", step.action());
    write(json, "on", step.subject());
    json.writeBooleanProperty("granted", step.granted());
    json.writeStringProperty("because", step.because());
    write(json, "rights", step.rights());
    writeAsked(json, "predicates", step.predicates());
    json.writeEndObject();
  }

  private static void writeAsked(JsonGenerator json, String name, List<Asked> predicates) {
    if (predicates.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart(name);
    for (Asked asked : predicates) {
      json.writeStartObject();
      json.writeStringProperty("role", asked.role());
      json.writeStringProperty("outcome", asked.outcome());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, Subject subject) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("collection", subject.collection());
    json.writeStringProperty("document", subject.document());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
