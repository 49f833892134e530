package io.refugium.conformance.fuzz;

import io.refugium.conformance.fuzz.Messages.Question;
import io.refugium.conformance.scenario.Scenario;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of all recorded scenarios, each with its path. */
final class RecordedQuestions {
  /** Longer ones say nothing that shorter ones do not, and take long. */
  private static final int LONGEST = 2_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private RecordedQuestions() {}

  /**
   * All of them, once each.
   *
   * @param token an event source, put wherever a scenario has one that it got from the server
   */
  static List<Question> all(String token) {
    Set<Question> questions = new LinkedHashSet<>();
    for (Scenario scenario : Scenario.load(Path.of("scenarios"))) {
      for (JsonNode step : scenario.steps()) {
        if (step.has("fql")) {
          add(questions, "/query/1", JSON.writeValueAsString(Map.of("query", step.get("fql"))));
        } else if (step.has("fql4")) {
          add(questions, "/", step.get("fql4").toString());
        } else if (step.path("http").has("body")) {
          JsonNode body = step.get("http").get("body");
          String text = body.isString() ? body.asString() : body.toString();
          String path = step.get("http").path("path").asString().replaceAll("\\s", "%20");
          add(questions, path, text.replaceAll("\\$\\{\\w+}", token));
        }
      }
    }
    return List.copyOf(questions);
  }

  private static void add(Set<Question> questions, String path, String body) {
    if (body.length() <= LONGEST && !path.contains("${")) {
      questions.add(new Question(path, body));
    }
  }
}
