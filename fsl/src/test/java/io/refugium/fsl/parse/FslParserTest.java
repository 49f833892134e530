package io.refugium.fsl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Source;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and the text that is blamed for it (schema specification, section 8.3). */
class FslParserTest {
  private static String errors(String text) {
    return FslParser.parse(Source.named("main.fsl", text)).errors().stream()
        .map(FslParserTest::describe)
        .collect(Collectors.joining(" + "));
  }

  private static String describe(Diagnostic error) {
    return error.message() + " @ " + error.span().orElseThrow().text().replace("\n", "\\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what is missing
        "role | Missing required name @ role",
        "function | Missing required name @ function",
        "access provider {} | Missing required name @ access provider",
        "role r | Missing required value @ role r",
        "access provider p | Missing required value @ access provider p",
        "collection A { index i } | Missing required value @ index i",
        "collection A { check c } | Missing required value @ check c",
        "collection A { unique } | Missing required value @ unique",
        "collection A { index i { values } } | Missing required value @ values",
        "role r { membership } | Missing required name @ membership",
        "role r { privileges A } | Missing required value @ privileges A",
        "collection A { compute } | Missing required name @ compute",
        // what is of the wrong kind
        "collection A 3 | Expected a block @ 3",
        "role r [1] | Expected a block @ [1]",
        "collection A { history_days {} } | Expected an expression literal @ {}",
        "collection A { ttl_days \"7\" } | Name is not allowed here @ \"7\" + Missing required value @ ttl_days \"7\"",
        "collection A { migrations all { add .a } } | Name is not allowed here @ all",
        "collection A { migrations { rename } } | Expected a migration @ rename",
        "collection A { migrations { add a } } | Invalid field path @ a",
        "collection A { document_ttls \"x\" } | Name is not allowed here @ \"x\" + Missing required value @ document_ttls \"x\"",
        "role r { privileges A { read { predicate x => true } } } | Expected lambda predicate @ x => true",
        "role r { membership A { } } | Expecting a predicate @ { }",
        "access provider p { issuer x; jwks_uri \"u\" } | Expected string literal @ x",
        // paths
        "collection A { unique [.a, b] } | Invalid field path @ b",
        "collection A { unique [.a?.b, .c] } | Invalid field path @ .a?.b",
        "collection A { unique [desc(.a)] } | Expected 'mva' @ desc",
        "collection A { index i { values [asc(desc(.a))] } } | Invalid field path @ desc(.a)",
        "collection A { index i { values [mva(desc(.a)), low(.b)] } } | Expected 'asc', 'desc', or 'mva' @ low",
        // functions
        "function f(a, b: Int, c: Int) { a } | All or no arguments must have a type @ Int + All or no arguments must have a type @ Int",
        "function f(): Int | Expected a function definition @ (): Int",
        // syntax comes first, alone
        "collection A { compute x = .a; colour 3 } | Invalid anonymous field access @ .a",
      })
  void refuses(String text, String errors) {
    assertThat(errors(text)).isEqualTo(errors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "collection A { index i { terms [.a, mva(.b[0][\"c d\"]),]; values [desc(mva(.if))] } }",
        "collection A { \"ab\": Int; index: Int; privileges: Int }",
        "collection A { document_ttls false; history_days\\n 3 }",
        "@alias ( B ) @role(x) function \"f-g\" ( ...xs ) { xs }",
        "role r { membership A { predicate (.ok) } ; privileges B {} }",
      })
  void accepts(String text) {
    assertThat(errors(text.replace("\\n", "\n"))).isEmpty();
  }

  /** No text breaks the parser: it ends, and answers with items or with errors. */
  @Property(tries = 2000)
  void neverFails(@ForAll @From("texts") String text) {
    ParsedFile file = FslParser.parse(Source.named("main.fsl", text));

    assertThat(file.items().isEmpty() && file.errors().isEmpty())
        .isEqualTo(text.replaceAll("//[^\n]*|[\\s;]", "").isEmpty());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "collection ",
            "function ",
            "role ",
            "access provider ",
            "A",
            "f",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ".",
            ":",
            "=",
            ",",
            ";",
            "\n",
            " ",
            "index i ",
            "terms ",
            "values ",
            "unique ",
            "check c ",
            "compute x ",
            "migrations ",
            "add ",
            "move ",
            "split ",
            "-> ",
            "backfill ",
            "history_days ",
            "3",
            "\"s\"",
            "Int",
            "?",
            "*",
            "=> ",
            "@alias",
            "// c\n",
            "predicate ",
            "membership ",
            "privileges ",
            "read ",
            "issuer ",
            "jwks_uri ",
            ".a",
            "mva",
            "x")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }
}
