package io.refugium.fql10.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.source.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The parser against what Fauna was seen to answer. */
class ParserCorpusTest {

  private static List<Diagnostic> errors(String query) {
    return switch (Parser.query(Source.query(query))) {
      case Parsed.Tree<Expression> _ -> List.of();
      case Parsed.Failed<Expression>(List<Diagnostic> errors) -> errors;
    };
  }

  @Test
  void everyQueryThatFaunaParsedParses() {
    for (JsonNode node : Corpus.read("accepted.json")) {
      String query = node.get("query").asString();
      assertThat(DiagnosticRenderer.renderAll(errors(query))).as(query).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> summariesAreAsRecorded() {
    return Corpus.read("recorded-errors.json").stream().map(this::summaryIsAsRecorded);
  }

  private DynamicTest summaryIsAsRecorded(JsonNode node) {
    String query = node.get("query").asString();
    return DynamicTest.dynamicTest(
        node.get("id").asString() + " " + query,
        () ->
            assertThat(DiagnosticRenderer.renderAll(errors(query)))
                .isEqualTo(node.get("summary").asString()));
  }

  @TestFactory
  Stream<DynamicTest> messagesAreAsSpecified() {
    return Corpus.read("specified-errors.json").stream().map(this::messageIsAsSpecified);
  }

  private DynamicTest messageIsAsSpecified(JsonNode node) {
    String query = node.get("query").asString();
    return DynamicTest.dynamicTest(
        node.get("id").asString() + " " + query,
        () -> {
          String place =
              "at *query*:" + node.get("line").asInt() + ":" + node.get("column").asInt();
          assertThat(DiagnosticRenderer.render(errors(query).getFirst()))
              .startsWith("error: " + node.get("message").asString() + "\n" + place + "\n");
        });
  }
}
