package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.access.Audiences.Audience;
import io.refugium.access.secret.Credentials;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who is told what another was told, and how long. */
class AudiencesTest {
  private static final Lease LEASE = lease(1, Lease.NEVER);

  private final AtomicLong lastCommit = new AtomicLong(100);
  private final AtomicLong nanos = new AtomicLong();
  private final Audiences audiences = new Audiences(lastCommit::get, nanos::get);

  private static Told told(int bytes) {
    return new Told(List.of(new byte[bytes]), false);
  }

  private static Lease lease(long scope, long expires) {
    Principal principal =
        new Principal(
            new LoginSource.Root(), null, List.of(), PermissionSet.BuiltIn.ADMIN, scope, 0);
    return new Lease(principal, List.of(), Set.of(), expires);
  }

  private Audience join(String secret, Lease lease, Object watched) {
    return audiences.join(Credentials.bearer(secret), lease, watched);
  }

  @Test
  void equalsAreToldTheSame() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", lease(1, Lease.NEVER), "all");
    Told told = told(1);
    one.keep(90, told, 100);
    assertThat(other.find(90)).isSameAs(told);
    assertThat(other.find(91)).isNull();
  }

  @Test
  void nobodyElseIs() {
    Audience one = join("secret", LEASE, "all");
    Audience equal = join("secret", LEASE, "all");
    List<Audience> others =
        List.of(
            join("other", LEASE, "all"),
            join("other", LEASE, "all"),
            join("secret", lease(2, Lease.NEVER), "all"),
            join("secret", lease(2, Lease.NEVER), "all"),
            join("secret", LEASE, "some"),
            join("secret", LEASE, "some"));
    one.keep(90, told(1), 100);
    assertThat(equal.find(90)).isNotNull();
    assertThat(others).allSatisfy(other -> assertThat(other.find(90)).isNull());
  }

  @Test
  void notWhenSomethingWasCommittedSince() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    one.keep(90, told(1), 100);
    lastCommit.set(101);
    assertThat(other.find(90)).isNull();
  }

  @Test
  void notForLong() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    one.keep(90, told(1), 100);
    nanos.addAndGet(Audiences.FRESH.toNanos());
    assertThat(other.find(90)).isNull();
  }

  @Test
  void notWhenTheLeaseIsOver() {
    long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    Audience one = join("secret", lease(1, now - 1), "all");
    Audience other = join("secret", lease(1, now - 1), "all");
    one.keep(90, told(1), 100);
    assertThat(other.find(90)).isNull();
  }

  @Test
  void nothingIsKeptForNobody() {
    Audience one = join("secret", LEASE, "all");
    one.keep(90, told(1), 100);
    Audience late = join("secret", LEASE, "all");
    assertThat(late.find(90)).isNull();
    late.leave();
    one.keep(90, told(1), 100);
    join("secret", LEASE, "all");
    assertThat(one.find(90)).isNull();
  }

  @Test
  void whatIsKeptIsLimited() {
    Audience one = join("secret", LEASE, "all");
    join("secret", LEASE, "all");
    one.keep(1, told(Audiences.MOST_BYTES + 1), 100);
    assertThat(one.find(1)).isNull();
  }
}
