package io.refugium.fql4.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.fql4.functions.StandardLibrary;
import io.refugium.fql4.wire.ErrorWriter;
import io.refugium.fql4.wire.ValueWriter;
import io.refugium.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that share a compiled template answer as if each were compiled on its own, whatever
 * their literals.
 */
class TemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2020-06-01T12:00:00Z");
  private static final int MUTANTS = 20;

  /**
   * Literals to put into requests; some have the form of names, ids and other things that count.
   */
  private static final List<String> SCALARS =
      List.of(
          "0",
          "1",
          "-7",
          "2.5",
          "true",
          "false",
          "null",
          "\"\"",
          "\"x\"",
          "\"a\"",
          "\"_\"",
          "\"12\"",
          "\"007\"",
          "\"self\"",
          "\"day\"",
          "\"collections\"",
          "\"2020-01-01\"");

  private final Library library = StandardLibrary.create();
  private final Language language = new Language(library);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forms",
        "numbers",
        "arrays-and-objects",
        "strings",
        "times",
        "conversions",
        "comparison",
        "select"
      })
  void requestsWithOtherLiteralsAnswerAsIfCompiledAnew(String file) {
    for (PureQueriesTest.Case each : PureQueriesTest.read(file)) {
      Random random = new Random(each.request().hashCode());
      for (int i = 0; i < MUTANTS; i++) {
        JsonNode mutant = mutated(JSON.readTree(each.request()), random);
        byte[] request = JSON.writeValueAsBytes(mutant);
        assertThat(answer(() -> language.compile(request, each.version()), each.version()))
            .as(mutant.toString())
            .isEqualTo(answer(() -> compiledAnew(request, each.version()), each.version()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1, \"a\", null] | [2.5, true, {\"collection\": 7}] | false",
        "{\"add\": [1, 2]} | {\"add\": [\"x\", null]} | true",
        "{\"add\": [1, 2]} | {\"add\": [1, 2, 3]} | false",
        "{\"var\": \"x\"} | {\"var\": \"y\"} | false",
        "{\"object\": {\"a\": 1}} | {\"object\": {\"a\": \"x\"}} | true",
        "{\"object\": {\"a\": 1}} | {\"object\": {\"b\": 1}} | false",
        "{\"map\":{\"lambda\":\"x\",\"expr\":1},\"collection\":[]} | {\"map\":{\"lambda\":\"x\",\"expr\":2},\"collection\":[]} | true",
        "{\"map\":{\"lambda\":\"x\",\"expr\":1},\"collection\":[]} | {\"map\":{\"lambda\":\"y\",\"expr\":1},\"collection\":[]} | false",
        "{\"query\":{\"lambda\":\"x\",\"expr\":1}} | {\"query\":{\"lambda\":\"x\",\"expr\":2}} | false",
        "{\"quote\": 1} | {\"quote\": 2} | false",
        "{\"@ts\": \"2020-01-01T00:00:00Z\"} | {\"@ts\": \"2021-01-01T00:00:00Z\"} | false",
        "{\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":\"classes/c\"}}} | {\"@ref\":{\"id\":\"2\",\"collection\":{\"@ref\":\"classes/c\"}}} | true",
        "{\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":\"classes/c\"}}} | {\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":\"classes/d\"}}} | false",
        "{\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":\"classes/c\"}}} | {\"@ref\":{\"id\":\"01\",\"collection\":{\"@ref\":\"classes/c\"}}} | false",
        "{\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":\"classes/c\"}}} | {\"@ref\":{\"id\":1,\"collection\":{\"@ref\":\"classes/c\"}}} | false",
      })
  void shapesAreEqualWhenOnlyLiteralsDiffer(String one, String other, boolean equal) {
    assertThat(shape(one).equals(shape(other))).isEqualTo(equal);
  }

  @Test
  void theSecondRequestOfAShapeIsNotCompiled() {
    Program first =
        compile("{\"add\":[{\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":\"classes/c\"}}},2]}");
    Program second =
        compile(
            "{ \"add\": [{\"@ref\":{\"id\":\"9\",\"collection\":{\"@ref\":\"classes/c\"}}}, 3 ]}");
    assertThat(second.expr()).isSameAs(first.expr());
    assertThat(second.literals()).isNotEqualTo(first.literals());
  }

  @Test
  void versionsDoNotShareTemplates() {
    byte[] request = "{\"first\":[1]}".getBytes(StandardCharsets.UTF_8);
    language.compile(request, ApiVersion.V4);
    assertThatThrownBy(() -> language.compile(request, ApiVersion.V3))
        .isInstanceOf(Fql4Exception.class);
  }

  @Test
  void ofARepeatedKeyTheFirstCounts() {
    for (int i = 0; i < 2; i++) {
      assertThat(ask("{\"add\":[1,2],\"add\":[3,4]}")).isEqualTo("3");
      assertThat(ask("{\"add\":[5,6],\"add\":[3,4]}")).isEqualTo("11");
    }
  }

  @Test
  void aLambdaOfATemplateIsRenderedWithItsLiterals() {
    String set =
        "{\"filter\":{\"lambda\":\"x\",\"expr\":[%s,{\"@ref\":{\"id\":\"%s\",\"collection\":{\"@ref\":\"classes/c\"}}}]},"
            + "\"collection\":{\"collections\":null}}";
    for (int i = 1; i < 3; i++) {
      assertThat(ask(set.formatted(i, i + 10)))
          .contains("\"expr\":[" + i + ",")
          .contains("\"id\":\"" + (i + 10) + "\"");
    }
  }

  // ---- Helpers

  private static JsonNode mutated(JsonNode json, Random random) {
    return switch (json) {
      case ObjectNode object -> {
        ObjectNode copy = JSON.createObjectNode();
        object.forEachEntry((key, value) -> copy.set(key, mutated(value, random)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JSON.createArrayNode();
        array.forEach(element -> copy.add(mutated(element, random)));
        yield copy;
      }
      default ->
          random.nextInt(4) == 0
              ? JSON.readTree(SCALARS.get(random.nextInt(SCALARS.size())))
              : json;
    };
  }

  private interface Compiler {
    Program compile();
  }

  private Program compiledAnew(byte[] request, ApiVersion version) {
    return Parser.parse(library, version, JsonReader.read(request));
  }

  private Program compile(String request) {
    return language.compile(request.getBytes(StandardCharsets.UTF_8), ApiVersion.V4);
  }

  private String ask(String request) {
    return answer(() -> compile(request), ApiVersion.V4);
  }

  private static String answer(Compiler compiler, ApiVersion version) {
    try {
      Evaluation evaluation =
          Evaluation.pure(version, new EmptySchema(), NOW, Evaluation.EffectLimit.NONE);
      Value result = compiler.compile().run(evaluation);
      return ValueWriter.toJson(result, evaluation.names(), version);
    } catch (Fql4Exception failure) {
      return new String(ErrorWriter.write(failure.errors()), StandardCharsets.UTF_8);
    } catch (IllegalStateException needsADatabase) {
      return needsADatabase.getMessage();
    }
  }

  private static List<Object> shape(String request) {
    Template template = Template.of(request.getBytes(StandardCharsets.UTF_8), ApiVersion.V4);
    return new ArrayList<>(List.of(template.shape(), template.literals().size()));
  }
}
