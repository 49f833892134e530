package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.RateLimits.Resource;
import io.refugium.database.Metrics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {
  private static final long HERE = 1;
  private static final long SIBLING = 2;

  private long nanos = -5;
  private RateLimiter limiter;

  private void limit(String what, String rate) {
    limiter = new RateLimiter(RateLimits.parse(Map.of(what, rate)), () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** A request that costs so many operations of compute; the only ones that anybody may count. */
  private Metrics request(long database, int computeOps) {
    limiter.admit(database, false);
    Metrics metrics = new Metrics();
    metrics.addCompute(50L * computeOps);
    limiter.charge(database, metrics);
    return metrics;
  }

  private void refused(long database) {
    assertThatThrownBy(() -> request(database, 1))
        .isInstanceOfSatisfying(
            RateLimitExceeded.class,
            exceeded -> {
              assertThat(exceeded.resources()).containsExactly(Resource.COMPUTE);
              assertThat(exceeded.detail()).isEqualTo("Rate limit for compute exceeded");
            });
  }

  @Test
  void anAllowanceIsForASecondAndFillsUpWithTime() {
    limit("compute", "10");
    for (int i = 0; i < 10; i++) {
      request(HERE, 1);
    }
    refused(HERE);
    pass(Duration.ofMillis(99));
    refused(HERE);
    pass(Duration.ofMillis(2));
    request(HERE, 1);
    refused(HERE);
    pass(Duration.ofHours(1));
    for (int i = 0; i < 10; i++) {
      request(HERE, 1);
    }
    refused(HERE);
  }

  @Test
  void whatCostsMoreThanIsLeftIsPaidLater() {
    limit("compute", "10");
    request(HERE, 35);
    pass(Duration.ofMillis(2590));
    refused(HERE);
    pass(Duration.ofMillis(11));
    request(HERE, 1);
  }

  @Test
  void noRequestShutsADatabaseOutForLong() {
    limit("compute", "10");
    request(HERE, 1_000_000);
    pass(Duration.ofSeconds(AccessLimits.MOST_DEBT_SECONDS));
    refused(HERE);
    pass(Duration.ofMillis(100));
    request(HERE, 1);
  }

  @Test
  void databasesDoNotUseUpEachOthersAllowance() {
    limit("compute", "10");
    request(HERE, 100);
    refused(HERE);
    request(SIBLING, 10);
    refused(SIBLING);
    pass(Duration.ofMillis(100));
    request(SIBLING, 1);
    refused(HERE);
  }

  @Test
  void aSoftLimitIsToldAndNothingElse() {
    limit("compute", "10/1000");
    assertThat(request(HERE, 10).limitsHit()).isEmpty();
    assertThat(request(HERE, 1).limitsHit()).containsExactly("compute");
    pass(Duration.ofSeconds(2));
    assertThat(request(HERE, 1).limitsHit()).isEmpty();
  }

  @Test
  void otherResourcesAreNotLimited() {
    limit("read", "1");
    for (int i = 0; i < 100; i++) {
      assertThat(request(HERE, 100).limitsHit()).isEmpty();
    }
  }

  @Test
  void streamsAreCountedWhenTheyAreOpened() {
    limit("streams", "2");
    limiter.admit(HERE, true);
    limiter.admit(HERE, true);
    assertThatThrownBy(() -> limiter.admit(HERE, true))
        .isInstanceOfSatisfying(
            RateLimitExceeded.class,
            exceeded -> assertThat(exceeded.detail()).isEqualTo("Rate limit for streams exceeded"));
    assertThatCode(() -> limiter.admit(HERE, false)).doesNotThrowAnyException();
    pass(Duration.ofMillis(500));
    limiter.admit(HERE, true);
  }

  @Test
  void aDatabaseThatIsForgottenIsAsGoodAsNew() {
    limit("compute", "10");
    request(HERE, 1000);
    pass(Duration.ofMinutes(2));
    request(HERE, 10);
    refused(HERE);
  }

  @ParameterizedTest
  @CsvSource({"compute,0", "read,x", "write,-1", "read,5/4", "read,1/2/3", "bytes,5", "read,''"})
  void nonsenseIsRefused(String what, String rate) {
    assertThatThrownBy(() -> RateLimits.parse(Map.of(what, rate)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate limit");
  }
}
