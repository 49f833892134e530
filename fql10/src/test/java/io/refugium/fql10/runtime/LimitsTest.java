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
}
