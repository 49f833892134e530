package io.refugium.fql10.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layouts of section 12 of the language specification. */
class DiagnosticRendererTest {

  private static Span span(Source source, String part) {
    int start = source.text().indexOf(part);
    return source.span(start, start + part.length());
  }

  private static Diagnostic error(String message, Span span, Hint... hints) {
    return Diagnostic.error(message, span, hints);
  }

  @Test
  void severalLinesAreFramed() {
    Source source = Source.query("Author.create({\n  id: \"x\"\n})");
    assertThat(DiagnosticRenderer.render(error("m", span(source, "({\n  id: \"x\"\n})"))))
        .isEqualTo(
            """
            error: m
            at *query*:1:14
              |
            1 |   Author.create({
              |  ______________^
            2 | |   id: "x"
            3 | | })
              | |__^
              |""");
  }

  @Test
  void hintsOnAnotherLineSayWhere() {
    String text = "1\n".repeat(8) + "let i = null\n1\ni.foo";
    Source source = Source.query(text);
    assertThat(
            DiagnosticRenderer.render(
                error(
                    "Cannot access `foo` on null.",
                    span(source, "foo"),
                    Hint.hint("Null value created here", span(source, "null")))))
        .isEqualTo(
            """
            error: Cannot access `foo` on null.
            at *query*:11:3
               |
            11 | i.foo
               |   ^^^
               |
            hint: Null value created here
            at *query*:9:9
              |
            9 | let i = null
              |         ^^^^
              |""");
  }

  @Test
  void suggestionsShowTheChangedText() {
    Source source = Source.query("a.b");
    Span dot = span(source, ".");
    assertThat(
            DiagnosticRenderer.render(
                error(
                    "m",
                    span(source, "b"),
                    Hint.insert("insert", dot, "!"),
                    Hint.replace("replace", dot, "?."),
                    Hint.delete("delete", dot))))
        .isEqualTo(
            """
            error: m
            at *query*:1:3
              |
            1 | a.b
              |   ^
              |
            hint: insert
              |
            1 | a!.b
              |  +
              |
            hint: replace
              |
            1 | a?.b
              |  ~~
              |
            hint: delete
              |
            1 | a.b
              |  -
              |""");
  }

  @Test
  void framesFollowHintsBehindTrace() {
    Source inner = Source.functionBody("getA", "(doc) => doc.a");
    Source outer = Source.query("getA(null)");
    assertThat(
            DiagnosticRenderer.render(
                error(
                    "Cannot access `a` on null.",
                    inner.span(13, 14),
                    Hint.hint("Null value created here", span(outer, "null")),
                    Hint.trace(span(outer, "(null)")))))
        .isEqualTo(
            """
            error: Cannot access `a` on null.
            at *udf:getA*:1:14
              |
            1 | (doc) => doc.a
              |              ^
              |
            hint: Null value created here
            at *query*:1:6
              |
            1 | getA(null)
              |      ^^^^
              |
            trace:
            at *query*:1:5
              |
            1 | getA(null)
              |     ^^^^^^
              |""");
  }

  @Test
  void emptySpansHaveNoUnderline() {
    Source source = Source.query("[a] { name }");
    assertThat(DiagnosticRenderer.render(error("m", source.span(6, 6), Hint.frame(source.span()))))
        .isEqualTo(
            """
            error: m
            at *query*:1:7
              |
            1 | [a] { name }
              |
              |
              |
            1 | [a] { name }
              | ^^^^^^^^^^^^
              |""");
  }

  @Test
  void hiddenSourcesAreNotQuoted() {
    Source source = Source.predicate("r", "read", "secret == 1");
    assertThat(DiagnosticRenderer.render(error("m", source.span())))
        .isEqualTo("error: m\nat <no source>");
  }

  @Test
  void theEndOfInputIsBehindTheLastCharacter() {
    Source source = Source.validated("body", "x => \n\n ");
    assertThat(DiagnosticRenderer.render(error("Expected expression", source.span(8, 9))))
        .isEqualTo(
            """
            error: Expected expression
            at *body*:1:5
              |
            1 | x =>
              |     ^
              |""");
  }

  @Test
  void entriesOfASummaryAreApart() {
    Source source = Source.query("a");
    Diagnostic one = error("m", source.span());
    assertThat(DiagnosticRenderer.renderAll(List.of(one, one)))
        .isEqualTo(DiagnosticRenderer.render(one) + "\n\n" + DiagnosticRenderer.render(one));
    assertThat(DiagnosticRenderer.log(source.span(), "a b")).isEqualTo("info at *query*:1: a b");
  }
}
