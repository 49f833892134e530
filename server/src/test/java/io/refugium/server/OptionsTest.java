package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql4.language.ApiVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void hasDefaults() throws InvalidHeader {
    assertThat(V4Options.of(request(Map.of())))
        .isEqualTo(new V4Options(ApiVersion.V2_1, Long.MIN_VALUE, 120_000, 4));
    assertThat(V10Options.of(request(Map.of())))
        .isEqualTo(
            new V10Options(
                Long.MIN_VALUE, 120_000, 4, "", ResultFormat.SIMPLE, null, false, false));
  }

  @Test
  void readsWhatClientsSend() throws InvalidHeader {
    var headers =
        Map.of(
            "X-FaunaDB-API-Version", "4",
            "X-Last-Seen-Txn", "+17",
            "X-Query-Timeout", "600000",
            "X-Max-Retries-On-Contention", "0");
    assertThat(V4Options.of(request(headers)))
        .isEqualTo(new V4Options(ApiVersion.V4, 17, 600_000, 0));
    var v10 =
        Map.of(
            "X-Last-Txn-Ts", "-1",
            "X-Query-Timeout-Ms", "1",
            "X-Max-Contention-Retries", "7",
            "X-Query-Tags", "foo=Foo1,bar=Bar2",
            "X-Format", "tagged",
            "X-Typecheck", "FALSE",
            "X-Linearized", "true");
    assertThat(V10Options.of(request(v10)))
        .isEqualTo(
            new V10Options(-1, 1, 7, "bar=Bar2,foo=Foo1", ResultFormat.TAGGED, false, true, false));
  }

  @Test
  void countsTheDeadlineFromReceipt() throws InvalidHeader {
    Request request = request(Map.of("X-Query-Timeout", "2", "X-Last-Seen-Txn", "-5"));
    var options = V4Options.of(request).transaction(request, true);
    assertThat(options.deadline()).isEqualTo(request.receivedNanos() + 2_000_000);
    assertThat(options.attempts()).isEqualTo(5);
    assertThat(options.minimumSnapshot()).isZero();
    assertThat(options.linearized()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "x-faunadb-api-version | 9 | Unsupported or invalid API version '9'.",
        "x-faunadb-api-version | '' | Unsupported or invalid API version ''.",
        "x-faunadb-api-version | unstable | Unsupported or invalid API version 'unstable'.",
        "x-last-seen-txn | 12.5 | Invalid timestamp '12.5'.",
        "x-last-seen-txn | 9999999999999999999999 | Invalid timestamp '9999999999999999999999'.",
        "x-query-timeout | '' | Invalid number ''.",
        "x-query-timeout | 1e3 | Invalid number '1e3'.",
        "x-query-timeout | 0 | Must be greater than 0.",
        "x-query-timeout | 600001 | Must be less than or equal to 600000.",
        "x-max-retries-on-contention | 8 | Must be between 0 and 7.",
        "x-max-retries-on-contention | -1 | Must be between 0 and 7.",
        "x-max-retries-on-contention | two | Invalid number 'two'.",
      })
  void refusesV4Headers(String name, String value, String reason) {
    assertThatThrownBy(() -> V4Options.of(request(Map.of(name, value))))
        .isInstanceOf(InvalidHeader.class)
        .hasMessage("Invalid header '" + name + "': " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-last-txn-ts | foo | Invalid timestamp 'foo'.",
        "x-query-timeout-ms | 1.5 | Invalid number '1.5'.",
        "x-max-contention-retries | '' | Invalid number ''.",
        "x-format | Tagged | Invalid format Tagged",
        "x-format | '' | 'Invalid format '",
        "x-typecheck | '' | Must be a boolean value.",
        "x-linearized | yes | Must be a boolean value.",
        "x-performance-hints | 1 | Must be a boolean value.",
        "x-query-tags | foo%3Dbar | invalid tags",
        "x-query-tags | 'a=1,' | invalid tags",
        "x-query-tags | a | invalid tags",
        "x-query-tags | 'a=1, b=2' | invalid tags",
        "x-query-tags | é=1 | invalid tags",
        "x-query-tags | 'a=1,a=2' | duplicate key",
      })
  void refusesV10Headers(String name, String value, String reason) {
    assertThatThrownBy(() -> V10Options.of(request(Map.of(name, value))))
        .isInstanceOf(InvalidHeader.class)
        .hasMessage("Invalid header '" + name + "': " + reason);
  }

  @Test
  void limitsTags() throws InvalidHeader {
    assertThat(tags("k".repeat(40) + "=" + "v".repeat(80))).hasSize(121);
    assertThat(tagError("k".repeat(41) + "=v")).endsWith("invalid key");
    assertThat(tagError("k=" + "v".repeat(81))).endsWith("invalid value");
    assertThat(tags(numbered(25))).startsWith("k24=v,").endsWith(",k0=v");
    assertThat(tagError(numbered(26))).endsWith("too many tags");
    assertThat(tagError("k=" + "v".repeat(2999))).endsWith("header is too long");
    assertThat(tagError("k=" + "v".repeat(2998))).endsWith("invalid value");
    assertThat(tagError("a=" + "v".repeat(81) + "," + "b".repeat(41) + "=1"))
        .as("the last pair is checked first")
        .endsWith("invalid key");
  }

  private static String numbered(int count) {
    var tags = new StringBuilder("k0=v");
    for (int i = 1; i < count; i++) {
      tags.append(",k").append(i).append("=v");
    }
    return tags.toString();
  }

  private static String tags(String text) throws InvalidHeader {
    return V10Options.of(request(Map.of("x-query-tags", text))).tags();
  }

  private static String tagError(String text) {
    try {
      return tags(text);
    } catch (InvalidHeader e) {
      return e.getMessage();
    }
  }

  private static Request request(Map<String, String> headers) {
    return new Request(
        "POST",
        "/",
        null,
        Headers.of(headers),
        new byte[0],
        0,
        1000,
        TraceContext.from(null),
        null,
        () -> false,
        true);
  }
}
