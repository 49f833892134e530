package io.refugium.fsl.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.source.Source;
import io.refugium.fsl.parse.FslParser;
import io.refugium.fsl.parse.ParsedFile;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Canonical text parses, and prints as itself (schema specification, section 8.7). */
class ItemPrinterTest {

  private static String printed(String text) {
    ParsedFile file = FslParser.parse(Source.named("main.fsl", text));
    assertThat(file.errors()).isEmpty();
    return file.items().stream().map(ItemPrinter::print).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collection Foo {\n}\n",
        """
        @alias(Human)
        collection Person {
          name: String = "x"
          home: { street: String = "-", *: Any }
          r: Ref<Person> | Null
          compute up = (.name)
          compute low: String = (d) => d.name.toLowerCase()
          *: Any
          index byName {
            terms [.name, mva(.tags)]
            values [desc(mva(.a)), .["b c"]]
          }
          unique [.name, mva(.tags)]
          check ok ((d) => d.name != "" && d.a?.b[0] == 1)
          history_days 3
          ttl_days 4
          document_ttls true
          migrations {
            add .name
            backfill .name = "x"
            move .a -> .b
            split .c -> .d, .e
            move_conflicts .rest
            move_wildcard .rest
            add_wildcard
          }
        }
        """,
        """
        @role(admin)
        function f(a: Int, ...b: String): Array<Int>? {
          let c: Number = a + 1
          if (c > 2) [c] else null
        }
        """,
        """
        role r {
          privileges Person {
            read
            write {
              predicate ((old, new) => old.x == new.x)
            }
          }
          membership Person {
            predicate (.ok)
          }
        }
        """,
        """
        access provider p {
          issuer "https://i.example"
          jwks_uri "https://i.example/jwks"
          role r
        }
        """
      })
  void printsCanonicalTextAsItIs(String text) {
    assertThat(printed(text)).isEqualTo(text);
  }
}
