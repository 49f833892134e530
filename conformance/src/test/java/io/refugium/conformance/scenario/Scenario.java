package io.refugium.conformance.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One scenario with what its steps are expected to answer.
 *
 * @param file the file it is in, such as {@code fql4/math}
 * @param id unique in the corpus
 * @param setup steps that must succeed before the others
 * @param expected one expectation a step
 */
public record Scenario(
    String file,
    String id,
    String name,
    List<JsonNode> setup,
    List<JsonNode> steps,
    List<JsonNode> expected) {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /** All scenarios below a directory, file by file. */
  public static List<Scenario> load(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> read(directory, file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Scenario> read(Path directory, Path file) {
    String name = directory.relativize(file).toString().replaceFirst("\\.yaml$", "");
    JsonNode document = YAML.readTree(file);
    JsonNode expectations =
        JSON.readTree(
            file.resolveSibling(file.getFileName().toString().replace(".yaml", ".expect.json")));
    var scenarios = new ArrayList<Scenario>();
    for (JsonNode scenario : document.path("scenarios")) {
      String id = scenario.path("id").asString();
      var setup = new ArrayList<>(elements(document.path("setup")));
      setup.addAll(elements(scenario.path("setup")));
      List<JsonNode> steps = elements(scenario.path("steps"));
      List<JsonNode> expected = elements(expectations.path(id));
      if (steps.size() != expected.size()) {
        throw new IllegalStateException(
            name + " " + id + ": " + steps.size() + " steps, " + expected.size() + " expectations");
      }
      steps.forEach(step -> requireText(name, id, step));
      scenarios.add(
          new Scenario(
              name, id, scenario.path("name").asString(""), List.copyOf(setup), steps, expected));
    }
    return scenarios;
  }

  /** YAML takes an unquoted {@code 1e10} for a number, whose spelling would be lost. */
  private static void requireText(String file, String id, JsonNode step) {
    JsonNode fql = step.path("fql");
    if (fql.isFloatingPointNumber()) {
      throw new IllegalStateException(file + " " + id + ": quote the query " + fql);
    }
  }

  private static List<JsonNode> elements(JsonNode array) {
    var elements = new ArrayList<JsonNode>();
    array.forEach(elements::add);
    return List.copyOf(elements);
  }
}
