package io.refugium.fsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fsl.diff.SchemaDiff;
import io.refugium.fsl.diff.SemanticDiff;
import io.refugium.fsl.diff.TextDiff;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffTest {
  private static String semantic(String before, String after, boolean documents) {
    return SemanticDiff.print(
        SchemaDiff.between(Schemas.of(before).items(), Schemas.of(after).items()),
        false,
        false,
        name -> !documents);
  }

  @Test
  void tellsAddsThenRemovalsThenChanges() {
    String before = "collection B {}\nrole r {\n  privileges B {\n    read\n  }\n}\n";
    String after = "// doc\ncollection B {\n  ttl_days 3\n}\nfunction f() { 1 }\n";

    assertThat(semantic(before, after, false))
        .isEqualTo(
            """
            * Adding function `f` to main.fsl:5:1

            * Removing role `r` from main.fsl:2:1:
              - remove privileges on `B`

            * Modifying collection `B` at main.fsl:1:1:
              * Configuration:
              + add ttl_days set to 3

            """);
  }

  @Test
  void tellsChangesOfTheDaysOfHistoryBeforeOtherDays() {
    String before = "collection B {\n  history_days 1\n  ttl_days 2\n  document_ttls true\n}";
    String after = "collection B {\n  document_ttls false\n  ttl_days 3\n  history_days 4\n}";

    assertThat(semantic(before, after, false))
        .isEqualTo(
            """
            * Modifying collection `B` at main.fsl:1:1:
              * Configuration:
              ~ change history_days from 1 to 4
              ~ change ttl_days from 2 to 3
              ~ change document_ttls from true to false

            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "collection A { a: Int; b: Int } | collection   A { // x\\n b: Int; a :Int }",
        "function f(x) { x + 1 } | function f( x )\\n{\\n  x+1 // one more\\n}",
        "collection A {} | collection A { *: Any }",
        "collection A {} | collection A { history_days 0 }",
        "role r { privileges A { read; write } } | role r { privileges A { write; read } }",
      })
  void layoutAndOrderAreNoDifference(String before, String after) {
    assertThat(semantic(before.replace("\\n", "\n"), after.replace("\\n", "\n"), true)).isEmpty();
  }

  @Test
  void tellsMigrationsOfCollectionsWithDocumentsOnly() {
    String before = "collection A {\n  a: Int\n}";
    String after =
        """
        collection A {
          b: Int
          c: String = "x"
          migrations {
            move .a -> .b
            add .c
          }
        }
        """;

    assertThat(semantic(before, after, true))
        .isEqualTo(
            """
            * Modifying collection `A` at main.fsl:1:1:
              * Defined fields:
              ~ move field `.a` to field `.b`
              + add field `.c` with backfill `"x"`

            """);
    assertThat(semantic(before, after, false))
        .isEqualTo("* Modifying collection `A` at main.fsl:1:1:\n  No semantic changes.\n\n");
  }

  @Test
  void linesWithContextAndHunks() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12";
    String after = "1\n2x\n3\n4\n5\n6\n7\n8\n9\n10\n11";

    assertThat(TextDiff.between(Map.of("a.fsl", before), Map.of("a.fsl", after), false))
        .isEqualTo(
            """
            a.fsl
            @ line 1 to 5
              1
            - 2
            + 2x
              3
              4
              5
            @ line 9 to 12
              9
              10
              11
            - 12
            """);
  }

  @Test
  void colours() {
    assertThat(TextDiff.between(Map.of(), Map.of("n.fsl", "function n() { 1 }"), true))
        .isEqualTo(
            "\u001b[1mn.fsl\u001b[22m\n\u001b[36m@ line 1 to 1\u001b[0m\n"
                + "\u001b[32m+ function n() { 1 }\u001b[0m\n");
  }
}
