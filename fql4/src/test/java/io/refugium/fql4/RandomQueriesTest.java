package io.refugium.fql4;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql4.functions.StandardLibrary;
import io.refugium.fql4.language.ApiVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Queries put together at random out of all forms: whatever they say, the answer is a result or an
 * error of the language.
 */
class RandomQueriesTest {
  private static final List<String> LEAVES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "7",
          "9223372036854775807",
          "1.5",
          "-0.0",
          "1e308",
          "\"\"",
          "\"a\"",
          "\"day\"",
          "\"create\"",
          "\"%s %d\"",
          "\"c\"",
          "[]",
          "[1,2]",
          "[[1],[2]]",
          "{\"object\":{}}",
          "{\"object\":{\"data\":{\"object\":{\"v\":1}}}}",
          "{\"object\":{\"name\":\"n\"}}",
          "{\"collection\":\"c\"}",
          "{\"collection\":\"nope\"}",
          "{\"collections\":null}",
          "{\"indexes\":null}",
          "{\"index\":\"i\"}",
          "{\"ref\":{\"collection\":\"c\"},\"id\":1}",
          "{\"match\":{\"index\":\"i\"}}",
          "{\"documents\":{\"collection\":\"c\"}}",
          "{\"events\":{\"documents\":{\"collection\":\"c\"}}}",
          "{\"paginate\":{\"match\":{\"index\":\"i\"}},\"size\":1}",
          "{\"get\":{\"ref\":{\"collection\":\"c\"},\"id\":1}}",
          "{\"now\":null}",
          "{\"date\":\"2020-01-01\"}",
          "{\"@bytes\":\"AQ==\"}",
          "{\"query\":{\"lambda\":\"x\",\"expr\":{\"var\":\"x\"}}}",
          "{\"@uuid\":\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"}");
  private static final String LAMBDA = "{\"lambda\":\"x\",\"expr\":%s}";
  private static final Set<String> LAMBDA_KEYS =
      Set.of("map", "foreach", "filter", "reduce", "with", "lambda");
  private static final List<Set<String>> FORMS =
      StandardLibrary.create().keySets(ApiVersion.V4).stream()
          .sorted(Comparator.comparing(keys -> keys.stream().sorted().toList().toString()))
          .toList();

  private static Server server;

  @BeforeContainer
  static void start() {
    server = new Server();
    server.ask("{\"create_collection\":{\"object\":{\"name\":\"c\"}}}");
    server.ask(
        "{\"create_index\":{\"object\":{\"name\":\"i\",\"source\":{\"collection\":\"c\"},\"values\":[{\"object\":{\"field\":[\"data\",\"v\"]}}]}}}");
    server.ask(
        "{\"create\":{\"ref\":{\"collection\":\"c\"},\"id\":1},\"params\":{\"object\":{\"data\":{\"object\":{\"v\":1}}}}}");
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Property(tries = 2_000)
  void everyQueryIsAnswered(@ForAll long seed) {
    String query =
        "{\"do\":[" + expression(new Random(seed), 4) + ",{\"abort\":\"so that nothing stays\"}]}";

    assertThat(server.run(Server.ROOT, query, false).status()).as(query).isIn(400, 403, 404);
  }

  private static String expression(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return LEAVES.get(random.nextInt(LEAVES.size()));
    }
    List<String> members = new ArrayList<>();
    for (String key : FORMS.get(random.nextInt(FORMS.size())).stream().sorted().toList()) {
      boolean lambda = LAMBDA_KEYS.contains(key) && random.nextInt(8) != 0;
      String value = expression(random, depth - 1);
      members.add("\"" + key + "\":" + (lambda ? LAMBDA.formatted(value) : value));
    }
    return "{" + String.join(",", members) + "}";
  }
}
