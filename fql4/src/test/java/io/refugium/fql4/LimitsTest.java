package io.refugium.fql4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that would take too much are answered with the limit they meet, and soon. */
class LimitsTest {
  private static Server server;

  @BeforeAll
  static void start() {
    server = new Server();
    server.ask("{\"create_collection\":{\"object\":{\"name\":\"c\"}}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"200, false", "201, true"})
  void lambdasNestTwoHundredDeep(int depth, boolean refused) {
    String body = "1";
    for (int i = 0; i < depth; i++) {
      body = "{\"map\":{\"lambda\":\"_\",\"expr\":" + body + "},\"collection\":[0]}";
    }
    String answer = answer(body);
    assertThat(answer.contains("Call stack reached the maximum limit of 200.")).isEqualTo(refused);
    assertThat(answer.contains("\"stack overflow\"")).isEqualTo(refused);
  }

  @Test
  void jsonNestsFiveHundredDeep() {
    assertThat(answer("[".repeat(500) + "]".repeat(500))).startsWith("{\"resource\"");
    assertThat(answer("[".repeat(501) + "]".repeat(501)))
        .contains("Request body JSON exceeds nesting limit.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "9223372036854775808 | Request body is not valid JSON.",
        "{\"add\":[9223372036854775807,1]} | {\"resource\":-9223372036854775808}",
        "1e999 | {\"resource\":\"Infinity\"}",
        "{\"repeat\":\"ab\",\"number\":9223372036854775807} | {\"resource\":\"abab",
        "{\"length\":{\"space\":9223372036854775807}} | {\"resource\":1024}",
        "{\"format\":\"%999999999d\",\"values\":1} | Invalid conversion format '%999999999d'.",
        "{\"round\":1.5,\"precision\":9223372036854775807} | {\"resource\":1.5}"
      })
  void numbersHaveTheirLimits(String query, String expected) {
    assertThat(answer(query)).contains(expected);
  }

  @Test
  void aStringOfAMebibyteIsStored() {
    String text = "x".repeat(1 << 20);
    assertThat(
            answer(
                "{\"length\":{\"select\":[\"data\",\"s\"],\"from\":{\"create\":{\"collection\":\"c\"},"
                    + "\"params\":{\"object\":{\"data\":{\"object\":{\"s\":\""
                    + text
                    + "\"}}}}}}}"))
        .isEqualTo("{\"resource\":1048576}");
    assertThat(
            answer(
                "{\"replacestr\":\""
                    + text
                    + "\",\"find\":\"x\",\"replace\":\""
                    + "y".repeat(100)
                    + "\"}"))
        .contains("must be <= 16777216");
  }

  @Test
  void arraysOfAHundredThousandElementsAreHandled() {
    String array =
        IntStream.range(0, 100_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(
            answer(
                "{\"sum\":{\"map\":{\"lambda\":\"x\",\"expr\":{\"add\":[{\"var\":\"x\"},1]}},\"collection\":"
                    + array
                    + "}}"))
        .isEqualTo("{\"resource\":5000050000}");
    assertThat(answer("{\"count\":{\"union\":[" + array + "," + array + "]}}"))
        .isEqualTo("{\"resource\":100000}");
  }

  /** Each of these needs more stack, or more time, than there is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {"(a|b)*c ; 100000 ; ab", "(ab|a|b)* ; 100000 ; ab"})
  void patternsThatDescendWithTheTextAreRefused(String pattern, int times, String text) {
    for (String function : new String[] {"containsstrregex", "findstrregex"}) {
      assertThat(
              answer(
                  "{\""
                      + function
                      + "\":\""
                      + text.repeat(times)
                      + "\",\"pattern\":\""
                      + pattern
                      + "\"}"))
          .contains("\"position\":[]", "stack overflow");
    }
  }

  @Test
  void aPatternThatNestsTooDeeplyIsRefused() {
    assertThat(
            answer(
                "{\"containsstrregex\":\"a\",\"pattern\":\""
                    + "(".repeat(100_000)
                    + ")".repeat(100_000)
                    + "\"}"))
        .contains("\"errors\"");
  }

  @Test
  void loopsInLoopsRunOutOfCompute() {
    String loop = "1";
    for (int i = 0; i < 4; i++) {
      loop = "{\"map\":{\"lambda\":\"_\",\"expr\":" + loop + "},\"collection\":{\"var\":\"l\"}}";
    }
    String list = "[" + "0,".repeat(999) + "0]";
    assertThat(answer("{\"let\":{\"l\":" + list + "},\"in\":" + loop + "}"))
        .contains("Transaction does too much compute");
  }

  /** Each step doubles: thirty of them make more than any memory holds, if nothing stops them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[%1$s,%1$s]",
        "{\"object\":{\"a\":%1$s,\"b\":%1$s}}",
        "{\"append\":%1$s,\"collection\":%1$s}",
        "{\"prepend\":[%1$s],\"collection\":[%1$s]}",
        "{\"merge\":{\"object\":{\"a\":%1$s}},\"with\":{\"object\":{\"b\":%1$s}}}",
        "{\"map\":{\"lambda\":\"_\",\"expr\":%1$s},\"collection\":[1,2]}",
        "{\"query\":{\"lambda\":\"_\",\"expr\":[%1$s,%1$s]}}",
        "{\"to_object\":[[\"a\",%1$s],[\"b\",%1$s]]}",
        "{\"union\":[{\"documents\":{\"collection\":\"c\"}},%1$s,%1$s]}"
      })
  void nothingDoublesForEver(String step) {
    boolean sets = step.startsWith("{\"union");
    StringBuilder bindings =
        new StringBuilder(
            "{\"v0\":" + (sets ? "{\"documents\":{\"collection\":\"c\"}}" : "[1,2,3,4]"));
    for (int i = 1; i <= 40; i++) {
      bindings
          .append(",\"v")
          .append(i)
          .append("\":")
          .append(step.formatted("{\"var\":\"v" + (i - 1) + "\"}"));
    }
    assertThat(answer("{\"let\":" + bindings + "},\"in\":{\"equals\":[{\"var\":\"v40\"},1]}}"))
        .containsAnyOf("Value has too many parts, limit:", "{\"resource\":false}");
    assertThat(answer("{\"let\":" + bindings + "},\"in\":{\"var\":\"v40\"}}").length())
        .isLessThan(100_000);
  }

  @Test
  void stringsDoNotDoubleForEver() {
    StringBuilder bindings = new StringBuilder("{\"v0\":\"0123456789\"");
    for (int i = 1; i <= 40; i++) {
      String former = "{\"var\":\"v" + (i - 1) + "\"}";
      bindings.append(",\"v" + i + "\":{\"concat\":[" + former + "," + former + "]}");
    }
    assertThat(answer("{\"let\":" + bindings + "},\"in\":1}")).contains("must be <= 16777216");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ngram\":%s,\"min\":400000,\"max\":400001}",
        "{\"format\":\"%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s%%1$s\",\"values\":%s}",
        "{\"replacestrregex\":%s,\"pattern\":\"x\",\"replace\":\"01234567890123456789\"}"
      })
  void stringsAreNotBuiltWithoutBounds(String query) {
    assertThat(answer(query.formatted("\"" + "x".repeat(1_000_000) + "\"")))
        .contains("must be <= 16777216");
  }

  @Test
  void onlyWhatOccursIsReplaced() {
    String text = "x".repeat(1_000_000);
    assertThat(
            answer(
                "{\"length\":{\"replacestr\":\""
                    + text
                    + "y\",\"find\":\"y\",\"replace\":\""
                    + "z".repeat(100)
                    + "\"}}"))
        .isEqualTo("{\"resource\":1000100}");
  }

  private static String answer(String query) {
    return new String(server.run(Server.ROOT, query, false).body(), StandardCharsets.UTF_8);
  }
}
