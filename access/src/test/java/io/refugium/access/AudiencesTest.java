package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.Audiences.Audience;
import io.refugium.access.Audiences.Found;
import io.refugium.access.secret.Credentials;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what another has found, and how long. */
@Timeout(120)
class AudiencesTest {
  private static final Lease LEASE = lease(1, Lease.NEVER);

  private final AtomicLong nanos = new AtomicLong();
  private long schema = 7;
  private final Audiences audiences = new Audiences(nanos::get);

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

  private Found found(Told told) {
    return told == null ? null : new Found(told, schema);
  }

  /** Is told of a commit, and must judge it. */
  private Told judges(Audience audience, long commit, Told told) {
    AtomicInteger asked = new AtomicInteger();
    Supplier<Found> judge =
        () -> {
          asked.incrementAndGet();
          return found(told);
        };
    assertThat(audience.tell(commit, judge)).isSameAs(told);
    assertThat(asked).hasValue(1);
    return told;
  }

  /** Is told of a commit what another has found. */
  private static Told isTold(Audience audience, long commit) {
    return audience.tell(
        commit,
        () -> {
          throw new AssertionError("judged again");
        });
  }

  @Test
  void equalsAreToldTheSame() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", lease(1, Lease.NEVER), "all");
    Told told = judges(one, 90, told(1));
    assertThat(isTold(other, 90)).isSameAs(told);
    judges(other, 91, told(1));
    assertThat(isTold(other, 90)).isSameAs(told);
  }

  @Test
  void nobodyElseIs() {
    Audience one = join("secret", LEASE, "all");
    Audience equal = join("secret", LEASE, "all");
    List<Audience> others =
        List.of(
            join("other", LEASE, "all"),
            join("secret", lease(2, Lease.NEVER), "all"),
            join("secret", LEASE, "some"));
    join("other", LEASE, "all");
    join("secret", lease(2, Lease.NEVER), "all");
    join("secret", LEASE, "some");
    Told told = judges(one, 90, told(1));
    others.forEach(other -> judges(other, 90, told(1)));
    assertThat(isTold(equal, 90)).isSameAs(told);
  }

  @Test
  void notForLongAfterItWasBegun() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    Told told = told(1);
    one.tell(
        90,
        () -> {
          nanos.addAndGet(Audiences.FRESH.toNanos() - 1);
          return found(told);
        });
    assertThat(isTold(other, 90)).isSameAs(told);
    nanos.incrementAndGet();
    Told anew = judges(other, 90, told(1));
    assertThat(isTold(one, 90)).isSameAs(anew);
  }

  @Test
  void laterJudgementsConfirmIt() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    Told told = judges(one, 90, told(1));
    nanos.addAndGet(10 * Audiences.FRESH.toNanos());
    judges(one, 91, told(1));
    nanos.addAndGet(Audiences.FRESH.toNanos() - 1);
    assertThat(isTold(other, 90)).isSameAs(told);
    nanos.incrementAndGet();
    judges(other, 90, told(1));
  }

  @Test
  void notWhenTheSchemaHasChanged() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    judges(one, 90, told(1));
    nanos.addAndGet(Audiences.FRESH.toNanos());
    schema++;
    judges(one, 91, told(1));
    judges(other, 90, told(1));
  }

  @Test
  void anEndConfirmsNothing() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    judges(one, 90, told(1));
    nanos.addAndGet(Audiences.FRESH.toNanos());
    judges(one, 91, new Told(List.of(), true));
    judges(one, 92, null);
    judges(other, 90, told(1));
  }

  @Test
  void notWhenItWasLongAgo() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    judges(one, 90, told(1));
    nanos.addAndGet(Audiences.KEPT.toNanos());
    judges(one, 91, told(1));
    judges(other, 90, told(1));
  }

  @Test
  void oneJudgesAndTheOthersWait() throws Exception {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    Told told = told(1);
    CompletableFuture<Told> waiting = new CompletableFuture<>();
    one.tell(
        90,
        () -> {
          Thread waiter = Thread.ofPlatform().start(() -> waiting.complete(isTold(other, 90)));
          awaitParked(waiter);
          return found(told);
        });
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isSameAs(told);
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  @Test
  void whatWasFreshWhenOneAskedMayTakeLong() throws Exception {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    Told told = told(1);
    CompletableFuture<Told> waiting = new CompletableFuture<>();
    one.tell(
        90,
        () -> {
          Thread waiter = Thread.ofPlatform().start(() -> waiting.complete(isTold(other, 90)));
          awaitParked(waiter);
          nanos.addAndGet(Audiences.FRESH.toNanos());
          return found(told);
        });
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isSameAs(told);
  }

  @Test
  void whatWasBegunLongBeforeOneAskedIsJudgedAnew() throws Exception {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    Told anew = told(1);
    CompletableFuture<Told> waiting = new CompletableFuture<>();
    Audience third = join("secret", LEASE, "all");
    one.tell(
        90,
        () -> {
          nanos.addAndGet(Audiences.FRESH.toNanos());
          Thread waiter =
              Thread.ofPlatform().start(() -> waiting.complete(judges(other, 90, anew)));
          awaitParked(waiter);
          return found(told(1));
        });
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isSameAs(anew);
    assertThat(isTold(third, 90)).isSameAs(anew);
  }

  @Test
  void othersJudgeForThemselvesWhenOneFailed() throws Exception {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    Told told = told(1);
    CompletableFuture<Told> waiting = new CompletableFuture<>();
    assertThatThrownBy(
            () ->
                one.tell(
                    90,
                    () -> {
                      Thread waiter =
                          Thread.ofPlatform()
                              .start(() -> waiting.complete(other.tell(90, () -> found(told))));
                      awaitParked(waiter);
                      throw new IllegalStateException("one's own");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isSameAs(told);
  }

  @Test
  void lostRightsAreNotShared() {
    Audience one = join("secret", LEASE, "all");
    Audience other = join("secret", LEASE, "all");
    judges(one, 90, null);
    judges(other, 90, told(1));
  }

  @Test
  void notWhenTheLeaseIsOver() {
    long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    Audience one = join("secret", lease(1, now - 1), "all");
    Audience other = join("secret", lease(1, now - 1), "all");
    judges(one, 90, told(1));
    judges(other, 90, told(1));
  }

  @Test
  void nothingIsKeptForNobody() {
    Audience one = join("secret", LEASE, "all");
    judges(one, 90, told(1));
    Audience late = join("secret", LEASE, "all");
    judges(late, 90, told(1));
    late.leave();
    judges(one, 91, told(1));
    Audience latest = join("secret", LEASE, "all");
    judges(latest, 91, told(1));
  }

  @Test
  void whatIsKeptIsLimited() {
    Audience one = join("secret", LEASE, "all");
    join("secret", LEASE, "all");
    judges(one, 1, told(Audiences.MOST_BYTES + 1));
    judges(one, 1, told(1));
    isTold(one, 1);
  }
}
