package io.refugium.fql10.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.syntax.Corpus;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Whatever is asked, the answer is a result or one of the specified errors, in time. The questions
 * are recorded queries that were cut, spliced and garbled, and sentences of a small grammar. {@code
 * -Dfuzz.minutes=60} goes on for an hour; {@code -Dfuzz.seed} repeats a run.
 */
class FuzzTest {
  private static final int QUERIES = 6_000;

  /** After so many queries a fresh database, for they change it. */
  private static final int QUERIES_PER_DATABASE = 1_000;

  private static final long QUERY_MILLIS = 2_000;

  /** Nobody looks at a deadline that often, but a query this late will never look. */
  private static final long HANGS_MILLIS = 120_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> CODES =
      Stream.concat(
              Arrays.stream(ErrorCode.values()).map(ErrorCode::wire),
              Stream.of("invalid_request", "time_out"))
          .collect(Collectors.toSet());

  private static final List<String> CORPUS =
      Stream.concat(
              Corpus.read("accepted.json").stream().map(node -> node.get("query").asString()),
              Sentences.SAMPLES.stream())
          .toList();

  @Test
  void everyAnswerIsOneOfTheSpecifiedOnes() {
    long seed = Long.getLong("fuzz.seed", 20261122L);
    long minutes = Long.getLong("fuzz.minutes", 0);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    Random random = new Random(seed);
    Sentences sentences = new Sentences(random);
    int asked = 0;
    while (minutes == 0 ? asked < QUERIES : System.nanoTime() - end < 0) {
      try (Server server = new Server()) {
        Sentences.FIXTURE.forEach(server::ask);
        Sentences.SAMPLES.forEach(sample -> check(server, sample, false));
        for (int i = 0; i < QUERIES_PER_DATABASE; i++, asked++) {
          String query = random.nextInt(3) == 0 ? sentences.next() : mutated(random);
          check(server, query, random.nextBoolean());
        }
      }
    }
  }

  private static void check(Server server, String query, boolean typechecked) {
    long start = System.nanoTime();
    QueryAnswer answer;
    try {
      answer = server.run(Server.ROOT, query, typechecked, QUERY_MILLIS);
    } catch (RuntimeException | StackOverflowError failure) {
      throw new AssertionError("fails: " + query, failure);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(millis).as("hangs: %s", query).isLessThan(HANGS_MILLIS);
    JsonNode body = JSON.readTree(answer.body());
    if (answer.status() == 200) {
      assertThat(body.has("data")).as(query).isTrue();
    } else {
      assertThat(answer.status()).as("%s: %s", query, body).isIn(400, 440, 503);
      assertThat(body.at("/error/code").asString()).as("%s: %s", query, body).isIn(CODES);
    }
  }

  /** A recorded query in which some things went wrong. */
  private static String mutated(Random random) {
    StringBuilder query = new StringBuilder(any(random, CORPUS));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(query.length() + 1);
      int end = Math.min(query.length(), at + random.nextInt(6));
      String other = any(random, CORPUS);
      switch (random.nextInt(6)) {
        case 0 -> query.delete(at, end);
        case 1 -> query.insert(at, any(random, Sentences.TOKENS));
        case 2 -> query.replace(at, end, any(random, Sentences.TOKENS));
        case 3 -> query.append("\n").append(other);
        case 4 -> query.insert(at, "(" + other + ")");
        default -> query.replace(at, end, query.substring(random.nextInt(at + 1), at));
      }
    }
    return query.toString();
  }

  static String any(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
