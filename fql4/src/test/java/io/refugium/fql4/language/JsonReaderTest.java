package io.refugium.fql4.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.fql4.functions.StandardLibrary;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final Library LIBRARY = StandardLibrary.create();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,]",
        "{'a':1}",
        "[01]",
        "NaN",
        "9223372036854775808",
        "\"",
        "{\"a\"}",
        "tru"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonReader.read(bytes(text)))
        .isInstanceOf(Fql4Exception.class)
        .hasMessage("Request body is not valid JSON.");
  }

  @Test
  void nestingHasALimit() {
    String deepest = "[".repeat(Limits.JSON_DEPTH) + "]".repeat(Limits.JSON_DEPTH);
    assertThat(JsonReader.read(bytes(deepest))).isNotNull();
    assertThatThrownBy(() -> JsonReader.read(bytes("[" + deepest + "]")))
        .isInstanceOf(Fql4Exception.class)
        .hasMessage("Request body JSON exceeds nesting limit.");
  }

  /** Whatever comes in, the answer is a program or an error of this language. */
  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      Parser.parse(LIBRARY, ApiVersion.V4, JsonReader.read(bytes(text)));
    } catch (Fql4Exception refused) {
      assertThat(refused.errors()).isNotEmpty();
    }
  }
}
