package io.refugium.fql4.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql4.functions.StandardLibrary;
import io.refugium.fql4.wire.ErrorWriter;
import io.refugium.fql4.wire.ValueWriter;
import io.refugium.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.ObjectMapper;

/**
 * Queries that need no database, each with its answer: files of cases, three lines a case: {@code
 * #} with what it shows and, after a bar, the API version if it is not 4; the request; the answer.
 */
class PureQueriesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2020-06-01T12:00:00Z");
  private final Language language = new Language(StandardLibrary.create());

  @TestFactory
  Stream<DynamicTest> forms() {
    return cases("forms");
  }

  @TestFactory
  Stream<DynamicTest> numbers() {
    return cases("numbers");
  }

  @TestFactory
  Stream<DynamicTest> arraysAndObjects() {
    return cases("arrays-and-objects");
  }

  @TestFactory
  Stream<DynamicTest> strings() {
    return cases("strings");
  }

  @TestFactory
  Stream<DynamicTest> times() {
    return cases("times");
  }

  @TestFactory
  Stream<DynamicTest> conversions() {
    return cases("conversions");
  }

  @TestFactory
  Stream<DynamicTest> comparison() {
    return cases("comparison");
  }

  @TestFactory
  Stream<DynamicTest> select() {
    return cases("select");
  }

  record Case(String name, ApiVersion version, String request, String answer) {}

  private Stream<DynamicTest> cases(String file) {
    return read(file).stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name,
                    () ->
                        assertThat(JSON.readTree(answer(each)))
                            .as(each.request)
                            .isEqualTo(JSON.readTree(each.answer))));
  }

  private String answer(Case query) {
    try {
      Evaluation evaluation =
          Evaluation.pure(query.version, new EmptySchema(), NOW, Evaluation.EffectLimit.NONE);
      byte[] request = query.request.getBytes(StandardCharsets.UTF_8);
      Value result = language.compile(request, query.version).run(evaluation);
      return ValueWriter.toJson(result, evaluation.names(), query.version);
    } catch (Fql4Exception failure) {
      return new String(ErrorWriter.write(failure.errors()), StandardCharsets.UTF_8);
    }
  }

  /** The cases of a file. */
  static List<Case> read(String file) {
    try (InputStream in = PureQueriesTest.class.getResourceAsStream(file + ".cases")) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      List<Case> cases = new ArrayList<>();
      for (int i = 0; i < lines.size(); i += 3) {
        String[] title = lines.get(i).substring(1).strip().split("\\|");
        ApiVersion version =
            title.length > 1 ? ApiVersion.of(title[1].strip()).orElseThrow() : ApiVersion.V4;
        cases.add(new Case(title[0].strip(), version, lines.get(i + 1), lines.get(i + 2)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
