package io.refugium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.refugium.conformance.scenario.Scenario;
import io.refugium.conformance.scenario.ScenarioRun;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded scenario, against a real server process. One that fails must be listed in {@code
 * expected-failures.txt}, one that is listed there must fail.
 *
 * <p>{@code -Dscenario=TEXT} runs only those whose file or ID contains the text; {@code
 * -Dscenarios.update} writes what fails into {@code expected-failures.txt} instead of judging it.
 */
class ScenariosTest {

  private static final int PARALLEL = 4;

  private static final List<Scenario> SCENARIOS = Scenario.load(Path.of("scenarios"));
  private static final Path EXPECTED_FAILURES_FILE = Path.of("expected-failures.txt");
  private static final Map<String, String> EXPECTED_FAILURES =
      ExpectedFailures.read(EXPECTED_FAILURES_FILE);
  private static final boolean UPDATE = System.getProperty("scenarios.update") != null;
  private static final Map<String, List<String>> PROBLEMS = new LinkedHashMap<>();

  private static ServerProcess server;
  private static ExecutorService runners;

  @BeforeAll
  static void start() {
    server = ServerProcess.start();
    runners = Executors.newFixedThreadPool(PARALLEL);
  }

  @AfterAll
  static void stop() {
    runners.shutdownNow();
    server.close();
    if (UPDATE) {
      ExpectedFailures.update(EXPECTED_FAILURES_FILE, PROBLEMS);
    }
  }

  @TestFactory
  Stream<DynamicContainer> scenarios() {
    String only = System.getProperty("scenario", "");
    // All are submitted before the first is awaited: scenarios are independent of each other.
    Map<String, List<DynamicTest>> byFile =
        SCENARIOS.stream()
            .filter(scenario -> (scenario.file() + " " + scenario.id()).contains(only))
            .collect(
                Collectors.groupingBy(
                    Scenario::file,
                    TreeMap::new,
                    Collectors.mapping(ScenariosTest::test, Collectors.toList())));
    return byFile.entrySet().stream()
        .map(file -> DynamicContainer.dynamicContainer(file.getKey(), file.getValue()));
  }

  private static DynamicTest test(Scenario scenario) {
    URI url = server.url();
    Future<List<String>> run =
        runners.submit(() -> ScenarioRun.check(scenario, url, ServerProcess.SECRET));
    return DynamicTest.dynamicTest(
        scenario.id() + " " + scenario.name(), () -> judge(scenario.id(), problems(run)));
  }

  private static List<String> problems(Future<List<String>> run) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException e) {
      return List.of(e.getCause().toString());
    }
  }

  private static void judge(String id, List<String> problems) {
    if (UPDATE) {
      PROBLEMS.put(id, problems);
      return;
    }
    String reason = EXPECTED_FAILURES.get(id);
    if (reason == null) {
      assertThat(problems).as("%s: differences from what was recorded", id).isEmpty();
    } else if (problems.isEmpty()) {
      fail(id + " passes: take it off expected-failures.txt (it said: " + reason + ")");
    }
  }

  @Test
  void expectedFailuresNameScenarios() {
    var unknown = new TreeSet<>(EXPECTED_FAILURES.keySet());
    SCENARIOS.forEach(scenario -> unknown.remove(scenario.id()));
    assertThat(unknown).isEmpty();
  }

  @Test
  void scenarioIdsAreUnique() {
    assertThat(SCENARIOS).extracting(Scenario::id).doesNotHaveDuplicates();
  }
}
