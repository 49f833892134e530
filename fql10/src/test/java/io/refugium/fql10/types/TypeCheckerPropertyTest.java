package io.refugium.fql10.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever parses is checked without failing, and its errors can be drawn. */
class TypeCheckerPropertyTest {
  private static final List<String> PARTS =
      List.of(
          "1",
          "\"a\"",
          "null",
          "x",
          "f",
          "Author",
          "Product",
          "[1, 2]",
          "{ a: 1 }",
          "(x => x)",
          "(x, y) => x + y",
          ".map(",
          ".fold(1, ",
          ".a",
          ".b()",
          "?.c",
          "!",
          "[0]",
          "[x]",
          "(",
          ")",
          " + ",
          " ?? ",
          " && ",
          " == ",
          ", ",
          " { a, b: .c }",
          "let x = ",
          "let f: A => A = ",
          "if (",
          ") ",
          " else ",
          "\n",
          "[",
          "]",
          "-",
          ".all()",
          "(\"1\")",
          "Math.abs",
          ".first()",
          ".create(",
          "{ name: ",
          "}",
          "x => ",
          "at (Time.now()) ",
          "#{");

  @Property(tries = 3000)
  void anythingIsChecked(@ForAll("texts") String text) {
    if (Parser.query(Source.query(text)) instanceof Parsed.Tree<Expression>(Expression tree)) {
      TypeChecker.Result result = TypeChecker.query(tree, TestLibrary.ENVIRONMENT, Bindings.NONE);
      assertThat(result.type().toString()).isNotEmpty();
      assertThat(DiagnosticRenderer.renderAll(result.errors())).isNotNull();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PARTS)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
