package io.refugium.fql10.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.SyntaxTrees;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverTest {

  private final List<String> seen = new ArrayList<>();

  private Resolution resolve(String text) {
    Expression tree =
        Parser.query(Source.query(text))
            .orThrow(errors -> new IllegalArgumentException(errors.toString()));
    Resolution resolution = Resolver.resolve(tree);
    collect(tree, resolution);
    return resolution;
  }

  private void collect(Expression expression, Resolution resolution) {
    switch (expression) {
      case Expression.Variable v -> seen.add(v.name() + " " + resolution.of(v));
      case Expression.Receiver r -> seen.add(". " + resolution.of(r));
      case Expression.Lambda l -> seen.add(resolution.frameOf(l).toString());
      case Expression.ShortLambda l -> seen.add(resolution.frameOf(l).toString());
      case Expression.Projection p -> seen.add(resolution.frameOf(p).toString());
      default -> {}
    }
    SyntaxTrees.children(expression).forEach(child -> collect(child, resolution));
  }

  @Test
  void aLetSeesTheEarlierOneOfItsName() {
    Resolution resolution = resolve("let a = 1; let a = a; { let a = a; a }; a");
    assertThat(seen)
        .containsExactly(
            "a Local[slot=0]", "a Local[slot=1]", "a Local[slot=2]", "a Local[slot=1]");
    assertThat(resolution.root()).isEqualTo(new FrameLayout(0, 3, List.of()));
  }

  @Test
  void functionsTakeAlongWhatTheyUse() {
    Resolution resolution = resolve("let a = 1; x => (_, y) => [a, x, y, Math, a]");
    assertThat(seen)
        .containsExactly(
            "FrameLayout[parameters=1, slots=1, captures=[Local[slot=0]]]",
            "FrameLayout[parameters=2, slots=2, captures=[Captured[index=0], Local[slot=0]]]",
            "a Captured[index=0]",
            "x Captured[index=1]",
            "y Local[slot=1]",
            "Math Free[name=Math]",
            "a Captured[index=0]");
    assertThat(resolution.freeNames()).containsExactly("Math");
  }

  @Test
  void leadingDotsMeanTheNearestFunctionOrProjection() {
    resolve("x.map(.a + .b.where(.c)) { d, e: .f { g } }");
    assertThat(seen)
        .containsExactly(
            "FrameLayout[parameters=1, slots=1, captures=[]]",
            "x Free[name=x]",
            "FrameLayout[parameters=1, slots=1, captures=[]]",
            ". Local[slot=0]",
            ". Local[slot=0]",
            "FrameLayout[parameters=1, slots=1, captures=[]]",
            ". Local[slot=0]",
            ". Local[slot=0]",
            "FrameLayout[parameters=1, slots=1, captures=[]]",
            ". Local[slot=0]",
            ". Local[slot=0]");
  }
}
