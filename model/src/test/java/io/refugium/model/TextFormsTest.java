package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {
  @Property
  void globalIdsAreRead(@ForAll long id) {
    assertThat(GlobalId.format(id)).hasSize(13);
    assertThat(GlobalId.parse(GlobalId.format(id))).hasValue(id);
  }

  @Test
  void globalIdsPutTheHighestBitsFirst() {
    assertThat(GlobalId.format(0)).isEqualTo("yyyyyyyyyyyyy");
    assertThat(GlobalId.format(1)).isEqualTo("yyyyyyyyyyyyn");
    assertThat(GlobalId.format(16)).isEqualTo("yyyyyyyyyyyby");
    assertThat(GlobalId.format(-1)).isEqualTo("9999999999996");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yyyyyyyyyyyy",
        "yyyyyyyyyyyyyy",
        "yyyyyyyyyyyyb",
        "YYYYYYYYYYYYY",
        "yyyyyyyyyyyyl",
        "ÿyyyyyyyyyyyy"
      })
  void whatIsNoGlobalIdIsRefused(String text) {
    assertThat(GlobalId.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-02T03:04:05.678Z, 2020-01-02T03:04:05.678Z",
    "2020-01-02T03:04:05.5+02:00, 2020-01-02T01:04:05.500Z",
    "2020-06-30T12:00:00+0130, 2020-06-30T10:30:00Z",
    "2020-06-30T12:00:00-05:30, 2020-06-30T17:30:00Z",
    "2020-06-30T12:00:00+01:00:30, 2020-06-30T10:59:30Z",
    "2023-02-10T12:01Z, 2023-02-10T12:01:00Z",
    "2023-02-30T00:00:00Z, 2023-02-28T00:00:00Z",
    "2023-01-01T24:00:00Z, 2023-01-02T00:00:00Z",
    "2023-01-01t10:00:00z, 2023-01-01T10:00:00Z",
    "1970-01-01T00:00:00.1234Z, 1970-01-01T00:00:00.123400Z",
    "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999999Z",
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
    "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00Z",
    "-999999999-01-01T00:00:00Z, -999999999-01-01T00:00:00Z",
    "+999999999-12-31T23:59:59.999999999Z, +999999999-12-31T23:59:59.999999999Z",
  })
  void timesAreReadAndWritten(String text, String written) {
    Instant time = TimeText.parseTime(text);
    assertThat(time).isNotNull();
    assertThat(TimeText.format(time)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "2020-01-02",
        "2020-01-02T03:04:05",
        "10000-01-01T00:00:00Z",
        "2020-13-01T00:00:00Z",
        "2020-01-01T00:00:00.1234567890Z",
        "2020-01-01T00:00:60Z",
        "2020-01-01T00:00:00ZZ",
        " 2020-01-01T00:00:00Z",
        "2020-01-01T24:00:01Z",
        "2020-01-32T00:00:00Z",
        "2020-01-01T00:00:00.Z",
        "2020-01-01 00:00:00Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThat(TimeText.parseTime(text)).isNull();
  }

  @Property(tries = 2_000)
  void timesAreWrittenAsThePlatformWritesThem(
      @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long seconds,
      @ForAll @IntRange(min = 0, max = 999) int fraction,
      @ForAll @IntRange(min = 0, max = 2) int thousands) {
    int nanos = (int) (fraction * Math.pow(1_000, thousands));
    for (Instant time :
        List.of(
            Instant.ofEpochSecond(seconds, nanos),
            Instant.ofEpochSecond(seconds % 100, nanos),
            Instant.parse("0000-01-01T00:00:00Z").plusSeconds(seconds % 3).plusNanos(nanos),
            Instant.parse("+10000-01-01T00:00:00Z").plusSeconds(seconds % 3).minusNanos(nanos))) {
      assertThat(TimeText.format(time)).isEqualTo(time.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-02-29", "+12345-01-01", "-0001-01-01", "0000-01-01"})
  void datesAreReadAndWritten(String text) {
    LocalDate date = TimeText.parseDate(text);
    assertThat(date).isNotNull();
    assertThat(TimeText.format(date)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20200102", "2021-02-29", "2020-1-1", "12345-01-01", "2020-01-01Z"})
  void whatIsNoDateIsRefused(String text) {
    assertThat(TimeText.parseDate(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"Weißkopf, weisskopf", "ﬁ, fi", "ÀB, àb", "Ⅷ, viii"})
  void caseAndCompatibilityAreFolded(String text, String folded) {
    assertThat(Casefold.nfkc(text)).isEqualTo(folded);
  }
}
