package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndentedJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "1 | 1",
        "{} | {}",
        "[] | []",
        "{\"resource\":3} | {\\n  \"resource\": 3}",
        "{\"resource\":{\"a\":[1,{}]}} | {\\n  \"resource\": {\\n    \"a\": [1, {}]}}",
        "{\"a\":1,\"b\":[{\"c\":2}]} | {\\n  \"a\": 1,\\n  \"b\": [{\\n    \"c\": 2}]}",
        "[{\"a\":{}},[true,null]] | [{\\n  \"a\": {}}, [true, null]]",
        "{\"{,:\":\"}\\\\\\\"[\"} | {\\n  \"{,:\": \"}\\\\\\\"[\"}",
      })
  void layOut(String compact, String laidOut) {
    assertThat(indented(compact)).isEqualTo(laidOut.replace("\\n", "\n"));
  }

  @Test
  void whiteSpaceStaysInProportion() {
    String deep = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
    assertThat(indented(deep)).hasSizeLessThan(100_000);
  }

  private static String indented(String compact) {
    return new String(
        IndentedJson.of(compact.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
