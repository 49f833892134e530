package io.refugium.fql10.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;

/**
 * A range of an index is a run of the index: what lies from the first to the last entry that its
 * bounds admit, the same in reverse, with arrays in every place.
 */
class IndexRangesTest {
  private static final List<String> VALUES =
      List.of(
          "1", "2", "'a'", "[]", "[1]", "[1, 2]", "[1, 2, 3]", "[2]", "[[1]]", "[[1, 2]]", "null");

  private static Server server;

  @BeforeContainer
  static void fill() {
    server = new Server();
    server.ask(
        "Collection.create({ name: 'C', indexes: {"
            + " up: { values: [{ field: 'a' }, { field: 'b' }] },"
            + " down: { values: [{ field: 'a', order: 'desc' }, { field: 'b' }] },"
            + " mixed: { values: [{ field: 'a' }, { field: 'b', order: 'desc' }] } } })");
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      server.ask("C.create({ id: %d, a: %s, b: %s }).id".formatted(i, pick(random), pick(random)));
    }
  }

  @AfterContainer
  static void close() {
    server.close();
  }

  private static String pick(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  @Provide
  Arbitrary<String> bounds() {
    Arbitrary<String> value = Arbitraries.of(VALUES);
    return Arbitraries.oneOf(
        value.map(one -> "[" + one + "]"),
        Combinators.combine(value, value).as((one, other) -> "[" + one + ", " + other + "]"));
  }

  @Property(tries = 200, seed = "71")
  void aReversedRangeIsTheRangeReversed(
      @ForAll("bounds") String from, @ForAll("bounds") String to) {
    for (String index : List.of("up", "down", "mixed")) {
      for (String range : List.of("from: " + from, "to: " + to, "from: " + from + ", to: " + to)) {
        List<String> forwards = ids(index, "{ " + range + " }", "");
        assertThat(ids(index, "{ " + range + " }", ".reverse()"))
            .as("%s %s", index, range)
            .isEqualTo(forwards.reversed());
        assertThat(isRunOf(ids(index, "", ""), forwards)).as("%s %s", index, range).isTrue();
      }
    }
  }

  /** What a bound begins or ends with it contains: both together are what is equal to it. */
  @Property(tries = 50, seed = "72")
  void fromAndToMeetAtTheBound(@ForAll("bounds") String bound) {
    for (String index : List.of("up", "down", "mixed")) {
      List<String> all = ids(index, "", "");
      List<String> from = ids(index, "{ from: " + bound + " }", "");
      List<String> to = ids(index, "{ to: " + bound + " }", "");
      List<String> both = ids(index, "{ from: %s, to: %s }".formatted(bound, bound), "");
      assertThat(to.size() + from.size() - both.size()).as(index + bound).isEqualTo(all.size());
      assertThat(from.subList(0, both.size())).isEqualTo(both);
      assertThat(to.subList(to.size() - both.size(), to.size())).isEqualTo(both);
    }
  }

  private static boolean isRunOf(List<String> all, List<String> some) {
    return some.isEmpty()
        || IntStream.rangeClosed(0, all.size() - some.size())
            .anyMatch(start -> all.subList(start, start + some.size()).equals(some));
  }

  private static List<String> ids(String index, String range, String end) {
    JsonNode found =
        server.ask("C.%s(%s)%s.map(.id.toString()).toArray()".formatted(index, range, end));
    return StreamSupport.stream(found.spliterator(), false)
        .map(JsonNode::asString)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
