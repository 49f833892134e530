package io.refugium.fsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemEditTest {
  private static final SchemaState STATE =
      Schemas.of("// people\ncollection A {}\n\n// greeting\nfunction hi(x) { x }");

  private static String main(ItemEdit edit) {
    return edit.on(STATE).files().get(SourceFiles.MAIN);
  }

  @Test
  void addsAtTheEnd() {
    assertThat(main(ItemEdit.add(ItemKind.FUNCTION, "function bye() { 0 }\n")))
        .isEqualTo(
            "// people\ncollection A {}\n\n// greeting\nfunction hi(x) { x }"
                + "\n\nfunction bye() { 0 }");
  }

  @Test
  void replacesAndRemovesWithComments() {
    assertThat(main(ItemEdit.replace(ItemKind.FUNCTION, "hi", "function ho() { 1 }")))
        .isEqualTo("// people\ncollection A {}\n\nfunction ho() { 1 }");
    assertThat(main(ItemEdit.remove(ItemKind.COLLECTION, "A")))
        .isEqualTo("\n\n// greeting\nfunction hi(x) { x }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "FUNCTION | nothing | '  '                | No FSL snippet provided",
        "FUNCTION | nothing | // nothing          | Expected a single schema item, got: 0",
        "FUNCTION | nothing | function a() { 1 }; function b() { 1 } | Expected a single schema item, got: 2",
        "ROLE     | nothing | collection X {}     | Wrong FSL snippet. Expected a role",
        "FUNCTION | zz      | function zz() { 1 } | Not found",
        "FUNCTION | zz      | nothing             | Not found",
      })
  void refuses(ItemKind kind, String name, String snippet, String message) {
    assertThatExceptionOfType(SchemaFailure.class)
        .isThrownBy(() -> new ItemEdit(kind, name, snippet).on(STATE))
        .withMessage(message);
  }
}
