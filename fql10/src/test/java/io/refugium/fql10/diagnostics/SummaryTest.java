package io.refugium.fql10.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Source LONG_LINE = Source.query("x".repeat(100_000));

  @Test
  void blocksFollowEachOther() {
    Summary summary = new Summary("\n\n");
    summary.add(() -> "a");
    summary.add(Diagnostic.error("b", new Span(Source.query("c"), 0, 1)));
    assertThat(summary).hasToString("a\n\nerror: b\nat *query*:1:1\n  |\n1 | c\n  | ^\n  |");
    assertThat(new Summary("\n")).hasToString("");
  }

  @Test
  void whatIsTooMuchIsLeftOutAndNotMade() {
    Diagnostic error = Diagnostic.error("wrong", new Span(LONG_LINE, 50, 51));
    String text = Summary.of(Collections.nCopies(1_000, error), "\n");
    assertThat(text).startsWith("error: wrong\n").endsWith("\n" + Summary.REST);
    assertThat(text.length()).isEqualTo(Summary.MAX_LENGTH + 1 + Summary.REST.length());
  }

  @Test
  void aDiagnosticDoesNotShowEveryLineOfManyCalls() {
    Span call = new Span(LONG_LINE, 50, 51);
    Diagnostic deep =
        Diagnostic.error("deep", call).with(Collections.nCopies(1_000, Hint.frame(call)));
    assertThat(DiagnosticRenderer.render(deep).length())
        .isLessThan(Summary.MAX_LENGTH + 3 * LONG_LINE.text().length());
    assertThat(Summary.of(List.of(deep), "\n")).endsWith(Summary.REST);
  }
}
