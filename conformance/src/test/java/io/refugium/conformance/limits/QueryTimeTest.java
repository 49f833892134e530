package io.refugium.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.limits.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a query does for long, it stops when its time is up, and others do not wait for it. Each
 * of these would go on far beyond the patience of the test.
 */
@Timeout(120)
class QueryTimeTest {
  private static final String ADMIN = ServerProcess.SECRET;
  private static final String MILLIS = "15";

  /** A text of 2^20 letters {@code a}, made without being sent. */
  private static final String LONG_TEXT =
      doubled("text", "\"a\"", "text%1$d + text%1$d", 20) + "let wanted = text.slice(5) + \"b\"\n";

  private static final String ENDLESS_V4 =
      "{\"findstrregex\":{\"repeat\":\"a\",\"number\":1000},\"pattern\":\"(a+)(a+)(a+)(a+)(a+)(a+)c\"}";

  /** Backtracks for ever. */
  private static final String ENDLESS =
      "\"%s\".includesRegex(\"(a+)(a+)(a+)(a+)(a+)(a+)c\")".formatted("a".repeat(1000));

  private static ServerProcess server;
  private static Http http;
  private static String reader;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start("--compute-limit=1000000000"); // or it might stop them first
    http = new Http(server);
    run(
        "Collection.create({name: 'things', indexes: {byM: {terms: [{field: '.m'}], values: [{field: '.n'}]}}})");
    run("Collection.create({name: 'slow', computed_fields: {c: {body: 'd => %s'}}})", scans(2));
    run(
        "Collection.create({name: 'checked', constraints: [{check: {name: 'no', body: 'd => %s'}}]})",
        scans(2));
    http.v4(
        ADMIN,
        "{\"create_index\":{\"object\":{\"name\":\"by_m\",\"source\":{\"collection\":\"things\"},\"terms\":[{\"object\":{\"field\":[\"data\",\"m\"]}}]}}}");
    run("Collection.create({name: 'few', computed_fields: {c: {body: 'd => %s'}}})", ENDLESS);
    run("Set.sequence(0, 120).forEach(i => few.create({n: i}))");
    run("Set.sequence(0, 800).forEach(i => things.create({n: i, m: i %% 2}))");
    run("slow.create({id: 1})");
    run("Function.create({name: 'loop', body: 'x => %s'})", scans(2));
    run(
        "Role.create({name: 'reader', privileges: [{resource: 'slow', actions: {read: 'd => %s'}}, {resource: 'things', actions: {read: true}}]})",
        scans(2));
    reader =
        http.v10(ADMIN, "Key.create({role: 'reader'})").body().get("data").get("secret").asString();
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private static void run(String query, Object... arguments) throws Exception {
    Answer answer = http.v10(ADMIN, query.formatted(arguments) + "\n0");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  /** Scans in scans, none of which finds anything. */
  private static String scans(int depth) {
    return depth == 0
        ? "false"
        : "things.all().where(x%d => %s).isEmpty() == false".formatted(depth, scans(depth - 1));
  }

  /** Definitions that make a value of itself twice, again and again; the last is named NAME. */
  private static String doubled(String name, String first, String step, int times) {
    return "let %s0 = %s\n".formatted(name, first)
        + IntStream.range(0, times)
            .mapToObj(i -> "let %s%d = ".formatted(name, i + 1) + step.formatted(i) + "\n")
            .collect(Collectors.joining())
        + "let %1$s = %1$s%2$d\n".formatted(name, times);
  }

  private static String often(String expression) {
    return "Set.sequence(0, 15000).fold(0, (a, b) => if (" + expression + ") 1 else 0)";
  }

  private static void timesOut(Answer answer) {
    assertThat(answer.response().body()).contains("\"code\":\"time_out\"");
    assertThat(answer.status()).isIn(440, 503);
  }

  private static void timesOutV4(Answer answer) {
    assertThat(answer.response().body()).contains("\"code\":\"time out\"");
    assertThat(answer.status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a loop               ; Set.sequence(0, 15000).fold(0, (a, b) => Set.sequence(0, 15000).fold(0, (c, d) => c + d))",
        "a scan for nothing   ; things.all().where(d => things.all().where(e => things.all().where(f => false).isEmpty() == false).isEmpty() == false).count()",
        "an index for nothing ; things.all().where(d => things.byM(0).where(e => things.byM(1).where(f => false).isEmpty() == false).isEmpty() == false).count()",
        "a join for nothing   ; things.all().flatMap(d => things.byM(d.m).where(e => things.byM(1).where(f => false).isEmpty() == false)).count()",
        "a function           ; loop(1)",
        "a computed field     ; slow.byId(1)!.c",
        "a check              ; checked.create({})",
      })
  void loopsAndScansOfV10(String name, String query) throws Exception {
    timesOut(http.v10(ADMIN, query, "x-query-timeout-ms", MILLIS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a regular expression  ; text.slice(0, 60).includesRegex(\"(a|aa)+b\")",
        "its replacement       ; text.slice(0, 60).replaceAllRegex(\"(a|aa)+b\", \"c\") == text",
        "search of a text      ; text.includes(wanted)",
        "search from its end   ; text.lastIndexOf(wanted) == 1",
        "splitting of a text   ; text.split(\"b\").length == 0",
      })
  void textsOfV10(String name, String expression) throws Exception {
    timesOut(http.v10(ADMIN, LONG_TEXT + often(expression), "x-query-timeout-ms", "100"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "search in an array ; many.includes(-1)",
        "sorting            ; many.order(desc(x => x)).length == 0",
        "comparison         ; many == others",
        "objects            ; Object.keys(Object.fromEntries(many.map(i => [i.toString(), i]))).length == 0",
      })
  void arraysOfV10(String name, String expression) throws Exception {
    String many = "let many = Set.sequence(0, 15999).toArray()\nlet others = many.slice(0)\n";
    timesOut(http.v10(ADMIN, many + often(expression), "x-query-timeout-ms", "100"));
  }

  /**
   * Up to 128 documents an index is built by the query that makes it. What it computes of one
   * document ends by itself, because it must come to the same whenever the index is built.
   */
  @Test
  void indexesThatAreBuilt() throws Exception {
    timesOut(
        http.v10(
            ADMIN,
            "Collection.byName('few')!.update({indexes: {byC: {terms: [{field: '.c'}]}}})",
            "x-query-timeout-ms",
            "300"));
    String source =
        "{\"object\":{\"collection\":{\"collection\":\"few\"},\"fields\":{\"object\":{\"slow\":{\"query\":{\"lambda\":\"d\",\"expr\":%s}}}}}}"
            .formatted(ENDLESS_V4);
    Answer v4 =
        http.v4(
            ADMIN,
            "{\"create_index\":{\"object\":{\"name\":\"slow\",\"source\":%s,\"terms\":[{\"object\":{\"binding\":\"slow\"}}]}}}"
                .formatted(source),
            "X-Query-Timeout",
            "300");
    timesOutV4(v4);
    assertThat(http.v10(ADMIN, "Collection.byName('few')!.indexes").body().get("data").isEmpty())
        .isTrue();
  }

  @Test
  void whatAnIndexComputesOfOneDocument() throws Exception {
    run(
        "Collection.create({name: 'endless', computed_fields: {c: {body: 'd => %s'}, l: {body: 'd => Set.sequence(0, 15000).fold(0, (a, b) => Set.sequence(0, 15000).fold(0, (e, f) => e + f))'}}, indexes: {byC: {terms: [{field: '.c'}], values: [{field: '.l'}]}}})",
        ENDLESS);
    run("endless.create({id: 1, n: 1})");
    Answer found = http.v10(ADMIN, "endless.byC(false).toArray().length");
    assertThat(found.body().get("data").asInt()).as("it has no value").isZero();
  }

  /** What an answer shows is read, and computed, when it is rendered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "sets            ; Set.sequence(0, 15000).toArray().map(i => things.where(d => false))",
        "documents       ; Set.sequence(0, 15000).toArray().map(i => things.all())",
        "computed fields ; few.all()",
      })
  void answersThatAreRendered(String name, String query) throws Exception {
    timesOut(http.v10(ADMIN, query, "x-query-timeout-ms", "100"));
  }

  @Test
  void aPredicateOfARole() throws Exception {
    timesOut(http.v10(reader, "slow.byId(1)!.ts", "x-query-timeout-ms", MILLIS));
    Answer v4 =
        http.v4(
            reader,
            "{\"get\":{\"ref\":{\"collection\":\"slow\"},\"id\":\"1\"}}",
            "X-Query-Timeout",
            MILLIS);
    timesOutV4(v4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a filter that rejects all ; {\"is_empty\":{\"filter\":{\"lambda\":\"a\",\"expr\":{\"not\":{\"is_empty\":{\"filter\":{\"lambda\":\"b\",\"expr\":{\"not\":{\"is_empty\":{\"filter\":{\"lambda\":\"c\",\"expr\":false},\"collection\":ALL}}}},\"collection\":ALL}}}},\"collection\":ALL}}",
        "nothing in common         ; {\"is_empty\":{\"filter\":{\"lambda\":\"a\",\"expr\":{\"not\":{\"is_empty\":{\"intersection\":[EVEN,ODD]}}}},\"collection\":ALL}}",
        "a difference of equals    ; {\"is_empty\":{\"filter\":{\"lambda\":\"a\",\"expr\":{\"not\":{\"is_empty\":{\"difference\":[ALL,ALL]}}}},\"collection\":ALL}}",
        "a function                ; {\"call\":{\"function\":\"loop\"},\"arguments\":1}",
        "a regular expression      ; {\"findstrregex\":{\"repeat\":\"a\",\"number\":1000},\"pattern\":\"(a+)(a+)(a+)(a+)(a+)(a+)c\"}",
      })
  void queriesOfV4(String name, String query) throws Exception {
    String index = "{\"match\":{\"index\":\"by_m\"},\"terms\":%d}";
    String json =
        query
            .replace("ALL", "{\"documents\":{\"collection\":\"things\"}}")
            .replace("EVEN", index.formatted(0))
            .replace("ODD", index.formatted(1));
    timesOutV4(http.v4(ADMIN, json, "X-Query-Timeout", MILLIS));
  }

  @ParameterizedTest
  @CsvSource({"a == b", "a.toString() == ''", "things.create({v: a}) == null", "[a].includes(b)"})
  void whatSharesItsPartsIsRefusedBeforeItIsLookedAt(String expression) throws Exception {
    String query =
        doubled("a", "[1, 2]", "[a%1$d, a%1$d]", 40)
            + doubled("b", "{x: 1}", "{x: b%1$d, y: b%1$d}", 40)
            + expression;
    Answer answer = http.v10(ADMIN, query);
    assertThat(answer.body().get("error").get("code").asString()).isEqualTo("value_too_large");
  }

  @Test
  void othersDoNotWait() throws Exception {
    String slow =
        "let many = Set.sequence(0, 15999).toArray()\nSet.sequence(0, 30).fold(0, (x, y) => %s)"
            .formatted(often("many.includes(-1)"));
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> running = new ArrayList<>();
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        running.add(clients.submit(() -> http.v10(ADMIN, slow, "x-query-timeout-ms", "8000")));
      }
      for (int i = 0; i < 3; i++) {
        assertThat(http.v10(ADMIN, "1").status()).isEqualTo(200);
      }
      assertThat(running).as("they still run").noneMatch(Future::isDone);
      for (Future<Answer> answer : running) {
        timesOut(answer.get());
      }
    }
  }
}
