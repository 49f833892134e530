package io.refugium.fql10.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.model.LongValue;
import org.junit.jupiter.api.Test;

/** What keeps a query from using up stack and memory. */
class LimitsTest {

  @Test
  void recursionEndsAtTheLimitOfTheLanguage() {
    assertThatThrownBy(() -> Queries.run("(f => f(f))(f => f(f))"))
        .isInstanceOf(QueryFailure.class)
        .hasMessage("number of stack frames exceeded limit of 2048");
  }

  @Test
  void recursionUpToTheLimitNeverOverflowsTheJavaStack() {
    String deep =
        "let f = (self, n) => if (n == 0) { 0 } else { [[[1 + (self(self, n - 1))]]][0][0][0] }\n";
    assertThat(Queries.run(deep + "f(f, 2047)")).isEqualTo(new LongValue(2047));
  }

  @Test
  void recursionThroughCallbacksEndsToo() {
    assertThatThrownBy(() -> Queries.run("let f = self => [1].map(x => self(self))\nf(f)"))
        .isInstanceOf(QueryFailure.class)
        .hasMessageContaining("number of stack frames");
  }

  @Test
  void longChainsOfOperatorsAreEvaluated() {
    assertThat(Queries.run("1" + " + 1".repeat(500))).isEqualTo(new LongValue(501));
  }

  @Test
  void resultsMustNotNestWithoutEnd() {
    assertThatThrownBy(
            () ->
                Queries.json(
                    "Array.sequence(0, 2000).fold([], (acc, x) => [acc])",
                    io.refugium.fql10.encode.ResultFormat.SIMPLE))
        .isInstanceOf(QueryFailure.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void stringsMustNotGrowWithoutEnd() {
    assertThatThrownBy(
            () ->
                Queries.run(
                    "Array.sequence(0, 40).fold('0123456789abcdef', (acc, x) => acc + acc)"))
        .isInstanceOf(QueryFailure.class)
        .hasMessage("Value too large: string size 33554432 exceeds limit 16777216.");
  }

  @Test
  void arraysMustNotGrowWithoutEnd() {
    assertThatThrownBy(
            () -> Queries.run("Array.sequence(0, 60).fold([1, 2, 3], (acc, x) => acc.concat(acc))"))
        .isInstanceOf(QueryFailure.class)
        .hasMessageStartingWith("Value too large: the parts of a value exceed limit");
  }

  @Test
  void manyLongStringsMustNotUseUpMemory() {
    assertThatThrownBy(
            () ->
                Queries.run(
                    "let big = Array.sequence(0, 19).fold('0123456789abcdef', (s, x) => s + s)\n"
                        + "Array.sequence(0, 1000).map(x => big.concat(x.toString()))"))
        .isInstanceOf(QueryFailure.class)
        .hasMessageStartingWith("Value too large: the values of a query exceed limit");
  }

  @Test
  void whatGrowsElementByElementTakesWhatItHasInTheEnd() {
    assertThat(
            Queries.run(
                "Set.sequence(0, 100000).fold([], (acc, x) => acc.append(x).concat([x])).length"))
        .isEqualTo(new LongValue(200_000));
    assertThat(
            Queries.run(
                "Array.sequence(0, 15000).fold('', (acc, x) => acc + \"line #{x} of a report\\n\").length"))
        .isEqualTo(new LongValue(333_890));
  }

  @Test
  void arraysThatShareElementsStaySeparate() {
    assertThat(
            Queries.json(
                "let a = [1].append(2); let b = a.append(3); let c = a.append(4);"
                    + " [a, b, c, b.concat(b), a.concat([]), b.reverse().append(9), b.slice(1).append(0)]",
                io.refugium.fql10.encode.ResultFormat.SIMPLE))
        .isEqualTo("[[1,2],[1,2,3],[1,2,4],[1,2,3,1,2,3],[1,2],[3,2,1,9],[2,3,0]]");
  }

  @Test
  void arraysThatAreKeptCountEach() {
    assertThatThrownBy(
            () ->
                Queries.run(
                    "let a = Array.sequence(0, 16000).append(1)\n"
                        + "Array.sequence(0, 16000).map(x => a.append(x))"))
        .isInstanceOf(QueryFailure.class)
        .hasMessageStartingWith("Value too large: the values of a query exceed limit");
  }

  @Test
  void whatIsTheSameElementHasTheSameHash() {
    assertThat(
            Queries.json(
                "[1, '3'.parseLong(), 3, 1.0, 1, 0.0, 0.0 * -1, Math.NaN, Math.NaN, ID(5), '5', '05',"
                    + " [1, 'a'], [1.0, 'a'], [ID(7)], ['7'], { a: 1, b: 2 }, { b: 2.0, a: 1 },"
                    + " { a: null }, {}, null, null, true, Math, Math, x => x].distinct()",
                io.refugium.fql10.encode.ResultFormat.SIMPLE))
        .isEqualTo(
            "[1,3,1.0,0.0,\"NaN\",\"NaN\",\"5\",\"5\",\"05\",[1,\"a\"],[\"7\"],{\"a\":1,\"b\":2},"
                + "{\"a\":null},{},null,true,\"Math\",\"[function <lambda>]\"]");
  }
}
