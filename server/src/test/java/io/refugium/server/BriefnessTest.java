package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BriefnessTest {
  private static final long KIND = kind("/", "{\"get\":1}");
  private static final long SHORT = 50_000;
  private static final long LONG = 2_000_000;

  private final Briefness briefness = new Briefness();

  private static long kind(String path, String body) {
    return Briefness.kindOf(path, body.getBytes(StandardCharsets.UTF_8));
  }

  private void took(long nanos, int times) {
    for (int i = 0; i < times; i++) {
      briefness.took(KIND, nanos);
    }
  }

  @Test
  void requestsThatDifferInDigitsAloneAreOfOneKind() {
    assertThat(kind("/", "{\"get\":234}")).isEqualTo(KIND);
    assertThat(kind("/", "{\"put\":1}")).isNotEqualTo(KIND);
    assertThat(kind("/query/1", "{\"get\":1}")).isNotEqualTo(KIND);
    assertThat(kind("/", "1")).isNotEqualTo(Briefness.NO_KIND);
  }

  @Test
  void aKindIsBriefWhenItWasSoSomeTimes() {
    assertThat(briefness.isBrief(KIND)).as("never seen").isFalse();
    took(SHORT, 1);
    assertThat(briefness.isBrief(KIND)).as("once").isFalse();
    took(SHORT, 60);
    assertThat(briefness.isBrief(KIND)).isTrue();
    assertThat(briefness.isBrief(kind("/", "{\"put\":1}"))).as("others").isFalse();
  }

  @Test
  void aKindThatGetsSlowerIsNoLongerBrief() {
    took(SHORT, 60);
    took(LONG, 5);
    assertThat(briefness.isBrief(KIND)).isFalse();
  }

  @Test
  void oneRequestThatWasHeldUpMakesNoDifference() {
    took(SHORT, 60);
    took(Long.MAX_VALUE, 1);
    assertThat(briefness.isBrief(KIND)).isTrue();
  }

  @Test
  void afterAMistakeItTakesLongToBeTrusted() {
    took(SHORT, 100);
    briefness.wasMistaken(KIND);
    took(SHORT, 60);
    assertThat(briefness.isBrief(KIND)).isFalse();
    took(SHORT, 60);
    assertThat(briefness.isBrief(KIND)).isTrue();
  }

  @Test
  void theLongestTimesCountAndDoNotSpillOver() {
    took(Long.MAX_VALUE, 1000);
    assertThat(briefness.isBrief(KIND)).isFalse();
  }
}
