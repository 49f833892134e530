package io.refugium.fql10.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code where} finds the same documents in the same order with indexes as without: two collections
 * hold the same documents, one has indexes.
 */
class IndexedSearchTest {
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "1.0",
          "1.5",
          "0.0",
          "(0.0 * -1.0)",
          "Math.NaN",
          "Math.Infinity",
          "9007199254740992",
          "9007199254740993",
          "9007199254740992.0",
          "'a'",
          "'B'",
          "'1'",
          "''",
          "true",
          "false",
          "Time('2020-01-01T00:00:00Z')",
          "Time('2021-01-01T00:00:00Z')",
          "Date('2020-01-01')",
          "[1]",
          "{ x: 1 }",
          "Bytes('AQID')",
          "null",
          "Friend('1')",
          "Friend('99')");

  private static final String SCHEMA =
      "name: '%s', computed_fields: { c: { body: 'd => d.a == 1' } }, wildcard: 'Any',"
          + " fields: { n: { signature: 'Int?' } }, indexes: ";
  private static final String INDEXES =
      "{ a: { terms: [{ field: 'a' }] },"
          + " ab: { terms: [{ field: 'a' }, { field: 'b' }] },"
          + " bUp: { values: [{ field: 'b' }] },"
          + " cDown: { terms: [{ field: 'a' }], values: [{ field: 'd', order: 'desc' }] },"
          + " dn: { terms: [{ field: 'd' }], values: [{ field: 'n' }] },"
          + " dx: { terms: [{ field: 'd' }], values: [{ field: 'b' }] },"
          + " e: { terms: [{ field: 'e', mva: true }] } }";

  private static Server server;
  private static String reader;

  @BeforeContainer
  static void fill() {
    server = new Server();
    server.ask("Collection.create({ name: 'Friend' })");
    server.ask("Friend.create({ id: 1 })");
    server.ask("Collection.create({ " + SCHEMA.formatted("Plain") + "{} })");
    server.ask("Collection.create({ " + SCHEMA.formatted("Indexed") + INDEXES + " })");
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      String data =
          "id: %d, a: %s, b: %s, d: %s, e: [%s, %s], n: %d"
              .formatted(
                  i,
                  pick(random),
                  pick(random),
                  pick(random),
                  pick(random),
                  pick(random),
                  random.nextInt(9));
      server.ask("Plain.create({ " + data + " }); Indexed.create({ " + data + " }); 0");
    }
    server.ask(
        "Role.create({ name: 'some', privileges: [{ resource: 'Plain', actions: { read:"
            + " 'd => d.n > 3' } }, { resource: 'Indexed', actions: { read: 'd => d.n > 3' } }] })");
    reader = server.ask("Key.create({ role: 'some' }).secret").asString();
    assertThat(server.ask(reader, "Plain.all().count()").asInt()).isBetween(100, 200);
  }

  @AfterContainer
  static void close() {
    server.close();
  }

  private static String pick(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  @Provide
  Arbitrary<String> predicates() {
    Arbitrary<String> field = Arbitraries.of("a", "b", "c", "d", "e", "n", "id", "ts", "zz");
    Arbitrary<String> operator = Arbitraries.of("==", "==", "==", "<", "<=", ">", ">=", "!=");
    Arbitrary<String> value = Arbitraries.of(VALUES);
    Arbitrary<String> test =
        Combinators.combine(field, operator, value, Arbitraries.of(true, false))
            .as(
                (name, symbol, constant, direct) ->
                    direct
                        ? ".%s %s %s".formatted(name, symbol, constant)
                        : "%s %s .%s".formatted(constant, symbol, name));
    Arbitrary<String> tests =
        test.list().ofMinSize(1).ofMaxSize(3).map(all -> String.join(" && ", all));
    Arbitrary<String> odd =
        Arbitraries.of(
            " || .n == 3", " && (.n > 2 || .a == 1)", " && .e[0] == 1", " && log() == null");
    return Combinators.combine(tests, odd.injectNull(0.8))
        .as((all, end) -> end == null ? all : all + end);
  }

  @Property(tries = 400, seed = "4711")
  void aWhereWithIndexesGivesWhatOneWithoutGives(@ForAll("predicates") String predicate) {
    for (String end : List.of("", ".reverse()", ".map(.n)", ".where(.n > 4)")) {
      String query =
          "%s.where("
              + predicate
              + ")"
              + end
              + ".pageSize(7)"
              + (end.contains("map") ? "" : " { id }");
      assertSame(query);
    }
    assertSame("%s.firstWhere(" + predicate + ")?.id");
  }

  @Property(tries = 100, seed = "4712")
  void valuesMayBeCaptured(@ForAll("predicates") String predicate) {
    assertSame(
        "let f = x => %s.where("
            + predicate.replace(" 1 ", " x ").replace(" 2 ", " x ")
            + ") { id }; f(1)");
  }

  /** The same for the query on either collection, later pages and what may be read included. */
  private static void assertSame(String query) {
    for (String secret : List.of("rootsecret", reader)) {
      String plain = outcome(secret, query.formatted("Plain"));
      assertThat(outcome(secret, query.formatted("Indexed"))).as(query).isEqualTo(plain);
    }
  }

  private static String outcome(String secret, String query) {
    JsonNode answer = server.answer(secret, query);
    StringBuilder outcome = new StringBuilder(answer.path("error").path("code").asString(""));
    JsonNode page = answer.path("data");
    for (int pages = 0; pages < 60; pages++) {
      outcome.append(page.has("data") ? page.get("data") : page).append('\n');
      if (!page.has("after")) {
        break;
      }
      page = server.ask(secret, "Set.paginate('" + page.get("after").asString() + "')");
    }
    return outcome.toString();
  }

  @Test
  void onlyWhatTheIndexFindsIsRead() {
    try (Server many = new Server()) {
      many.ask(
          "Collection.create({ name: 'C', indexes: { a: { terms: [{ field: 'a' }] }, n: { values: [{ field: 'n' }] } } })");
      for (int from = 0; from < 2000; from += 500) {
        String all =
            IntStream.range(from, from + 500)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        many.ask("[" + all + "].forEach(i => C.create({ id: i, a: i % 400, n: i }))");
      }
      assertThat(reads(many, "C.where(.a == 17).map(.n).toArray()")).isEqualTo(2 + 5);
      assertThat(reads(many, "C.where(.n > 100 && .n < 110).map(.n).toArray()")).isEqualTo(8 + 11);
      assertThat(reads(many, "C.firstWhere(.n == 1234)!.n")).isEqualTo(8 + 1);
      assertThat(many.ask("C.where(.n >= 0).map(.n).count()").asInt()).isEqualTo(2000);
    }
  }

  private static int reads(Server server, String query) {
    return server.answer("rootsecret", query).get("stats").get("read_ops").asInt();
  }
}
