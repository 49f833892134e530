package io.refugium.conformance.scenario;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** One scenario in a fresh child database of its own. Confined to one thread. */
public final class ScenarioRun implements AutoCloseable {

  private static final Pattern BASE64 = Pattern.compile("base64\\((.*?)\\)");
  private static final Pattern METHOD = Pattern.compile("(?m)^([A-Z]+) \\S+ HTTP/1");
  private static final long EVENT_TIMEOUT_SECONDS = 10;
  private static final List<String> COMPARED = List.of("status", "body", "headers", "stats");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final URI server;
  private final Variables variables = new Variables();
  private final Map<String, EventStream> streams = new HashMap<>();
  private Http1Connection connection;

  private ScenarioRun(URI server, String secret) {
    this.server = server;
    variables.put("root", secret);
    variables.put(
        "database", "t_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12));
  }

  /**
   * Runs a scenario.
   *
   * @param secret the server's root secret
   * @return where the answers differ from what was recorded; nothing if they do not
   */
  public static List<String> check(Scenario scenario, URI server, String secret) throws Exception {
    try (var run = new ScenarioRun(server, secret)) {
      run.createDatabase();
      for (JsonNode step : scenario.setup()) {
        ObjectNode got = run.step(step);
        if (got.path("status").asInt() >= 400) {
          return List.of("set-up failed: " + got);
        }
      }
      var problems = new ArrayList<String>();
      for (int i = 0; i < scenario.steps().size(); i++) {
        ObjectNode got = run.step(scenario.steps().get(i));
        String where = "step " + (i + 1) + ": ";
        Differences.between(compared(scenario.expected().get(i)), compared(got), run.variables)
            .forEach(difference -> problems.add(where + difference));
      }
      return problems;
    } catch (ScenarioFailure e) {
      return List.of(e.getMessage());
    }
  }

  private static ObjectNode compared(JsonNode answer) {
    ObjectNode compared = NODES.objectNode();
    COMPARED.stream().filter(answer::has).forEach(name -> compared.set(name, answer.get(name)));
    return compared;
  }

  /** By v4 or, on a server that does not speak it, by v10. */
  private void createDatabase() throws IOException {
    String name = variables.get("database").stringValue();
    Exchange created = v4("{\"create_database\": {\"object\": {\"name\": \"" + name + "\"}}}");
    boolean v4 = created.status() == 201 || created.status() == 200;
    if (!v4) {
      v10("Database.create({name: \"" + name + "\"})");
    }
    for (String role : List.of("admin", "server")) {
      Exchange key =
          v4
              ? v4(
                  "{\"create_key\": {\"object\": {\"role\": \"%s\", \"database\": {\"database\": \"%s\"}}}}"
                      .formatted(role, name))
              : v10("Key.create({role: \"%s\", database: \"%s\"})".formatted(role, name));
      JsonNode secret = key.body().path(v4 ? "resource" : "data").get("secret");
      if (secret == null) {
        throw new ScenarioFailure(
            "no database for the scenario: " + key.status() + " " + key.text());
      }
      variables.put(role, secret);
    }
  }

  private Exchange v4(String expression) throws IOException {
    return exchange(root("POST", "/", Map.of(), expression));
  }

  private Exchange v10(String query) throws IOException {
    ObjectNode body = NODES.objectNode().put("query", query);
    return exchange(root("POST", "/query/1", Map.of("X-Format", "simple"), JsonText.of(body)));
  }

  private HttpRequest root(String method, String path, Map<String, String> headers, String body) {
    var all = new LinkedHashMap<>(headers);
    all.put("Authorization", "Bearer " + variables.get("root").stringValue());
    return new HttpRequest(method, path, all, body.getBytes(StandardCharsets.UTF_8));
  }

  /** On the scenario's connection, once more on a new one if the server has closed it meanwhile. */
  private Exchange exchange(HttpRequest request) throws IOException {
    if (connection != null) {
      try {
        return keep(connection.exchange(request));
      } catch (IOException closed) {
        disconnect();
      }
    }
    connection = new Http1Connection(server);
    return keep(connection.exchange(request));
  }

  private Exchange keep(Exchange answer) throws IOException {
    if ("close".equals(answer.headers().get("connection"))) {
      disconnect();
    }
    return answer;
  }

  private void disconnect() throws IOException {
    connection.close();
    connection = null;
  }

  /** The answer to one step in the form of an expectation. */
  private ObjectNode step(JsonNode step) throws Exception {
    if (step.has("wait")) {
      Thread.sleep((long) (step.get("wait").asDouble() * 1000));
      return answer(0, NullNode.getInstance());
    }
    if (step.has("settle")) {
      return answer(0, NullNode.getInstance()); // changes of roles and schema apply at once here
    }
    if (step.has("events")) {
      return events(step);
    }
    if (step.has("ended")) {
      return ended(step);
    }
    if (step.has("raw")) {
      return raw(step);
    }
    if (step.has("close")) {
      streams.remove(step.get("close").asString()).close();
      return answer(0, NullNode.getInstance());
    }
    return step.has("open") ? open(step) : request(step);
  }

  private ObjectNode events(JsonNode step) throws InterruptedException {
    JsonNode asked = step.get("events");
    EventStream stream = streams.get(asked.get("from").asString());
    long timeout = asked.path("timeout").asLong(EVENT_TIMEOUT_SECONDS) * 1000;
    ArrayNode got = stream.take(asked.path("count").asInt(1), timeout);
    save(step, got, stream.head().status());
    return answer(stream.head().status(), Settled.of(got));
  }

  private ObjectNode ended(JsonNode step) throws InterruptedException {
    EventStream stream = streams.get(step.get("ended").asString());
    boolean ended = stream.awaitEnd(step.path("timeout").asLong(EVENT_TIMEOUT_SECONDS) * 1000);
    ObjectNode body = NODES.objectNode().put("ended", ended);
    body.set("events", Settled.of(stream.left()));
    return answer(stream.head().status(), body);
  }

  private ObjectNode raw(JsonNode step) throws IOException {
    String text = encodeBase64(variables.fill(step.get("raw").asString()));
    List<String> methods = METHOD.matcher(text).results().map(match -> match.group(1)).toList();
    ArrayNode responses = NODES.arrayNode();
    try (var own = new Http1Connection(server)) {
      own.send(text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      JsonNode closed = readRaw(own, step, methods, responses);
      ObjectNode body = NODES.objectNode();
      body.set("responses", responses);
      body.set("closed", closed);
      return answer(0, body);
    }
  }

  /**
   * Reads answers; whether the connection was closed after them, null if it has gone over to
   * HTTP/2.
   */
  private static JsonNode readRaw(
      Http1Connection own, JsonNode step, List<String> methods, ArrayNode responses)
      throws IOException {
    int count = step.path("responses").asInt(1);
    for (int i = 0; i < count; i++) {
      Exchange exchange;
      try {
        exchange = own.read(i < methods.size() ? methods.get(i) : "POST");
      } catch (IOException closed) {
        return BooleanNode.TRUE;
      }
      ObjectNode response = answer(exchange.status(), Settled.of(exchange.body()));
      response.set("headers", shown(step, exchange.headers()));
      responses.add(response);
      if (exchange.status() == 101) {
        return NullNode.getInstance();
      }
    }
    try {
      return BooleanNode.valueOf(own.closesSoon());
    } catch (IOException reset) {
      return BooleanNode.FALSE;
    }
  }

  private ObjectNode open(JsonNode step) throws IOException {
    var own = new Http1Connection(server);
    own.send(build(step, true));
    var stream = new EventStream(own);
    streams.put(step.get("open").asString(), stream);
    ObjectNode answer = answer(stream.head().status(), NullNode.getInstance());
    if (step.has("show_headers")) {
      answer.set("headers", shown(step, stream.head().headers()));
    }
    return answer;
  }

  private ObjectNode request(JsonNode step) throws Exception {
    HttpRequest request = build(step, false);
    Exchange exchange =
        switch (step.path("via").asString("")) {
          case "" -> exchange(request);
          case "h2c" -> Http2.byUpgrade(server, request);
          default -> Http2.withPriorKnowledge(server, request);
        };
    JsonNode body = exchange.body();
    save(step, body, exchange.status());
    ObjectNode answer = answer(exchange.status(), Settled.of(body));
    if (step.has("show_headers")) {
      answer.set("headers", shown(step, exchange.headers()));
    }
    if (step.has("show_stats")) {
      answer.set("stats", stats(step, body));
    }
    return answer;
  }

  private HttpRequest build(JsonNode step, boolean open) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    authorization(step, headers);
    String method = "POST";
    String path = "/";
    JsonNode body;
    if (step.has("fql")) {
      path = "/query/1";
      headers.put("X-Format", step.path("format").asString("tagged"));
      body = query(step);
      if (step.has("typecheck")) {
        headers.put("X-Typecheck", step.get("typecheck").toString());
      }
    } else if (step.has("fql4")) {
      body = variables.fill(step.get("fql4"));
      headers.put("X-FaunaDB-API-Version", "4");
    } else {
      JsonNode http = step.get("http");
      method = open ? "POST" : http.path("method").asString("POST");
      String target = variables.fill(http.path("path").asString("/"));
      // As every client does: HTTP has no request without a target.
      path = target.isEmpty() ? "/" : target;
      body = http.has("body") ? variables.fill(http.get("body")) : NullNode.getInstance();
    }
    step.path("headers")
        .forEachEntry((name, value) -> headers.put(name, header(variables.fill(value))));
    return new HttpRequest(method, path, headers, bytes(body));
  }

  private JsonNode query(JsonNode step) {
    ObjectNode body = NODES.objectNode();
    body.set("query", variables.fill(step.get("fql")));
    if (step.has("arguments")) {
      body.set("arguments", variables.fill(step.get("arguments")));
    }
    return body;
  }

  private void authorization(JsonNode step, Map<String, String> headers) {
    String who = step.path("as").asString("admin");
    if (step.has("auth")) {
      headers.put("Authorization", encodeBase64(variables.fill(step.get("auth").asString())));
    } else if (!who.equals("none")) {
      String secret = who.matches("\\w+") ? "${" + who + "}" : who;
      headers.put("Authorization", "Bearer " + variables.fill(secret));
    }
  }

  /**
   * Booleans are spelt as when the scenarios were recorded: in upper case at the front, which
   * servers must accept.
   */
  private static String header(JsonNode value) {
    return value.isBoolean() ? (value.booleanValue() ? "True" : "False") : Variables.text(value);
  }

  private static byte[] bytes(JsonNode body) {
    if (body.isNull()) {
      return null;
    }
    String text = body.isString() ? body.stringValue() : JsonText.of(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encodeBase64(String text) {
    return BASE64
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Base64.getEncoder()
                        .encodeToString(match.group(1).getBytes(StandardCharsets.UTF_8))));
  }

  private void save(JsonNode step, JsonNode answer, int status) {
    step.path("save")
        .forEachEntry(
            (name, pointer) -> {
              JsonNode value = Pointers.at(answer, pointer.asString());
              if (value == null) {
                throw new ScenarioFailure(
                    "nothing to save at "
                        + pointer.asString()
                        + ": status "
                        + status
                        + ", "
                        + answer);
              }
              variables.put(name, value);
            });
  }

  private static ObjectNode answer(int status, JsonNode body) {
    ObjectNode answer = NODES.objectNode().put("status", status);
    answer.set("body", body);
    return answer;
  }

  private static ObjectNode shown(JsonNode step, Map<String, String> headers) {
    ObjectNode shown = NODES.objectNode();
    for (JsonNode name : step.path("show_headers")) {
      shown.put(name.asString(), headers.get(name.asString()));
    }
    return shown;
  }

  private static JsonNode stats(JsonNode step, JsonNode body) {
    JsonNode stats = body.path("stats");
    if (!stats.isObject()) {
      return NullNode.getInstance();
    }
    ObjectNode shown = NODES.objectNode();
    for (JsonNode name : step.get("show_stats")) {
      JsonNode value = stats.get(name.asString());
      shown.set(name.asString(), value == null ? NullNode.getInstance() : value);
    }
    return shown;
  }

  @Override
  public void close() throws IOException {
    for (EventStream stream : streams.values()) {
      stream.close();
    }
    if (connection != null) {
      disconnect();
    }
  }
}
