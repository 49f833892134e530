package io.refugium.fql10.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** On any text the parser answers with a tree or with errors that can be drawn, never otherwise. */
class ParserPropertyTest {
  private static final List<String> QUERIES =
      Corpus.read("accepted.json").stream().map(node -> node.get("query").asString()).toList();

  private static final List<String> TOKENS =
      List.of(
          "if", "(", ")", "{", "}", "[", "]", "let", "x", "=", "=>", ",", ":", ";", "\n", ".", "?.",
          "!", "\"", "'", "#{", "1", "1.", "0x", "<<+E\n", "E", "-", "+", "isa", "??", "at", "...",
          "*", "/*", "*/", "//", "\\u{", " ", "match", "else", "\u0000", "\u2028", "é");

  @Property(tries = 2000)
  void mutatedQueriesAreParsedOrRefused(@ForAll("mutated") String text) {
    assertAnswered(text);
  }

  @Property(tries = 2000)
  void randomTokensAreParsedOrRefused(@ForAll("tokens") String text) {
    assertAnswered(text);
  }

  @Property(tries = 500)
  void randomTypesAreParsedOrRefused(@ForAll("types") String text) {
    if (Parser.type(Source.validated("signature", text))
        instanceof Parsed.Failed<TypeExpression>(List<Diagnostic> errors)) {
      assertThat(DiagnosticRenderer.renderAll(errors)).isNotEmpty();
    }
  }

  @Property(tries = 500)
  void placeholdersMayStandAnywhere(
      @ForAll("tokens") String before, @ForAll("tokens") String after) {
    Source source = Source.query(before + QueryText.PLACEHOLDER + after);
    assertAnswered(QueryText.of(source, new int[] {before.length()}));
  }

  private static void assertAnswered(String text) {
    assertAnswered(QueryText.of(Source.query(text)));
  }

  private static void assertAnswered(QueryText text) {
    switch (Parser.query(text)) {
      case Parsed.Tree<Expression>(Expression tree) -> assertSpansNest(tree);
      case Parsed.Failed<Expression>(List<Diagnostic> errors) ->
          assertThat(DiagnosticRenderer.renderAll(errors)).startsWith("error: ");
    }
  }

  private static void assertSpansNest(Expression parent) {
    for (Expression child : SyntaxTrees.children(parent)) {
      assertThat(child.span().start()).isGreaterThanOrEqualTo(parent.span().start());
      assertThat(child.span().end()).isLessThanOrEqualTo(parent.span().end());
      assertSpansNest(child);
    }
  }

  @Provide
  Arbitrary<String> mutated() {
    return Combinators.combine(
            Arbitraries.of(QUERIES),
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.integers().between(0, 6),
            Arbitraries.of(TOKENS))
        .as(ParserPropertyTest::mutate);
  }

  private static String mutate(String query, int at, int removed, String inserted) {
    int from = at % (query.length() + 1);
    int to = Math.min(query.length(), from + removed);
    return query.substring(0, from) + inserted + query.substring(to);
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(TOKENS).list().ofMaxSize(30).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(
            "Array", "<", ">", "{", "}", "a", ":", "*", "...", "(", ")", "=>", "|", "&", "?", ",",
            "[", "]", "\"x\"", "1", "true", " ", "\n", "=", "-")
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("", list));
  }
}
