package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.jwt.KeyAddresses;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.refusal.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class GuessesTest {
  private static final String HERE = "here";

  /** Time passes only when somebody waits, or when a test says so. */
  static final class FakePace implements Guesses.Pace {
    final List<Duration> slept = new ArrayList<>();
    final List<Duration> waitedForTurn = new ArrayList<>();
    long nanos = 1_000_000_000L;
    boolean stands;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      slept.add(duration);
      nanos += stands ? 0 : duration.toNanos();
    }

    @Override
    public boolean acquire(Semaphore places, Duration patience) {
      waitedForTurn.add(patience);
      return places.tryAcquire();
    }

    void pass(Duration duration) {
      nanos += duration.toNanos();
    }
  }

  private final FakePace pace = new FakePace();
  private final Guesses guesses = new Guesses(pace);

  private String right(String source, boolean known) {
    return guesses.attempt(source, () -> known, deadline(), _ -> "in");
  }

  private void wrong(String source) {
    assertThatThrownBy(
            () ->
                guesses.attempt(
                    source,
                    () -> false,
                    deadline(),
                    _ -> {
                      throw new AccessException.Unauthorized();
                    }))
        .isInstanceOf(AccessException.Unauthorized.class);
  }

  private long deadline() {
    return pace.nanos + Duration.ofSeconds(5).toNanos();
  }

  private void useUpFreeGuesses(String source) {
    for (int i = 0; i < AccessLimits.FREE_GUESSES; i++) {
      wrong(source);
    }
    assertThat(pace.slept).isEmpty();
  }

  /** Asks about wrong passwords in one request. */
  private void guessPasswords(String source, int times) {
    guesses.<Void>attempt(
        source,
        () -> true,
        deadline(),
        guessing -> {
          for (int i = 0; i < times; i++) {
            guessing.wrong();
          }
          return null;
        });
  }

  /** So many guesses at once that forgiving them takes a while. */
  private void flood(String source) {
    pace.stands = true;
    guessPasswords(source, 3 * AccessLimits.FREE_GUESSES);
    pace.stands = false;
    pace.slept.clear();
    pace.waitedForTurn.clear();
  }

  @Test
  void refusalsAreDelayedWhenThereWereTooMany() {
    useUpFreeGuesses(HERE);
    wrong(HERE);
    assertThat(pace.slept).containsExactly(AccessLimits.REFUSAL_DELAY);
  }

  @Test
  void guessesAreForgivenWithTime() {
    useUpFreeGuesses(HERE);
    pace.pass(Duration.ofSeconds(2));
    for (int i = 0; i < 2 * AccessLimits.FORGIVEN_PER_SECOND; i++) {
      wrong(HERE);
    }
    assertThat(pace.slept).isEmpty();
    wrong(HERE);
    assertThat(pace.slept).hasSize(1);
    pace.pass(Duration.ofHours(1));
    useUpFreeGuessesAgain();
  }

  private void useUpFreeGuessesAgain() {
    pace.slept.clear();
    useUpFreeGuesses(HERE);
  }

  @Test
  void howeverMuchItGuessedASourceIsForgivenInBoundedTime() {
    flood(HERE);
    pace.pass(
        Duration.ofSeconds(2L * AccessLimits.FREE_GUESSES / AccessLimits.FORGIVEN_PER_SECOND));
    useUpFreeGuessesAgain();
  }

  @Test
  void aKnownSecretPassesAtOnceFromASourceUnderSuspicion() {
    flood(HERE);
    assertThat(right(HERE, true)).isEqualTo("in");
    assertThat(pace.slept).isEmpty();
    assertThat(pace.waitedForTurn).isEmpty();
  }

  @Test
  void aRightSecretThatIsNotKnownTakesItsTurnAndPasses() {
    flood(HERE);
    assertThat(right(HERE, false)).isEqualTo("in");
    assertThat(pace.waitedForTurn).containsExactly(Duration.ofSeconds(5));
    assertThat(pace.slept).isEmpty();
  }

  @Test
  void nothingIsCheckedBeforeItsTurn() {
    flood(HERE);
    nested(AccessLimits.DELAYED_REFUSALS);
  }

  /** Attempts inside attempts, so that all run at once. */
  private void nested(int depth) {
    guesses.attempt(
        HERE,
        () -> false,
        deadline(),
        guessing -> {
          if (depth > 1) {
            nested(depth - 1);
          } else {
            assertThatThrownBy(() -> right(HERE, false))
                .isInstanceOf(DatabaseException.DeadlineExceeded.class);
            assertThat(right(HERE, true)).isEqualTo("in");
            assertThat(right("elsewhere", false)).isEqualTo("in");
            assertThatThrownBy(() -> guessPasswords(HERE, 1))
                .isInstanceOf(DatabaseException.DeadlineExceeded.class);
            assertThat(pace.slept).isEmpty();
            guessing.wrong();
            assertThat(pace.slept).containsExactly(AccessLimits.REFUSAL_DELAY);
          }
          return null;
        });
  }

  @Test
  void everyTurnIsGivenBack() {
    for (int i = 0; i < 3 * AccessLimits.DELAYED_REFUSALS; i++) {
      flood(HERE);
      wrong(HERE);
      guessPasswords(HERE, 1);
      assertThat(pace.waitedForTurn).hasSize(2);
    }
  }

  @Test
  void oneSourceIsNotBlamedForAnother() {
    flood(HERE);
    wrong("elsewhere");
    assertThat(pace.slept).isEmpty();
  }

  @Test
  void nobodyIsBlamedForWhatComesFromNowhere() {
    for (int i = 0; i < 2 * AccessLimits.FREE_GUESSES; i++) {
      wrong(null);
    }
    assertThat(pace.slept).isEmpty();
  }

  @Test
  void wrongPasswordsCountWhateverComesOfTheRequest() {
    guessPasswords(HERE, AccessLimits.FREE_GUESSES - 1);
    assertThatThrownBy(
            () ->
                guesses.attempt(
                    HERE,
                    () -> true,
                    deadline(),
                    guessing -> {
                      guessing.wrong();
                      throw new AccessException.Missing(null);
                    }))
        .isInstanceOf(AccessException.Missing.class);
    assertThat(pace.slept).isEmpty();
    guessPasswords(HERE, 1);
    assertThat(pace.slept).hasSize(1);
  }

  @Test
  void passwordsAreNotGuessedFasterInOneRequestThanInMany() {
    guessPasswords(HERE, AccessLimits.FREE_GUESSES + 3 * AccessLimits.FORGIVEN_PER_SECOND);
    assertThat(pace.slept)
        .containsExactly(
            AccessLimits.REFUSAL_DELAY, AccessLimits.REFUSAL_DELAY, AccessLimits.REFUSAL_DELAY);
  }

  @Test
  void whatIsHeldBackIsNotHeldBeyondTheTimeOfTheRequest() {
    flood(HERE);
    guesses.<Void>attempt(
        HERE,
        () -> true,
        pace.nanos + 5,
        guessing -> {
          guessing.wrong();
          return null;
        });
    assertThat(pace.slept).containsExactly(Duration.ofNanos(5));
  }

  @Test
  void aSecretThatWasAcceptedOncePassesAtOnceWhileItsAddressIsFlooding() {
    try (World world = new World(KeyAddresses.STRICT, pace)) {
      String unused = world.key("client");
      enter(world, World.ROOT);
      pace.stands = true;
      guessPasswords(world, 2 * AccessLimits.FREE_GUESSES);
      pace.waitedForTurn.clear();
      enter(world, World.ROOT);
      assertThat(pace.waitedForTurn).isEmpty();
      enter(world, unused);
      assertThat(pace.waitedForTurn).hasSize(1);
      enter(world, unused);
      assertThat(pace.waitedForTurn).hasSize(1);
      assertThatThrownBy(() -> enter(world, "guess"))
          .isInstanceOf(AccessException.Unauthorized.class);
      assertThat(pace.waitedForTurn).hasSize(2);
    }
  }

  @Test
  void nobodyWaitsWhoseSourceHasNotGuessedTooMuch() {
    useUpFreeGuesses(HERE);
    assertThat(right(HERE, false)).isEqualTo("in");
    assertThat(pace.waitedForTurn).isEmpty();
  }

  @Test
  void nobodyWaitsWhoseSourceHasBeenForgiven() {
    flood(HERE);
    pace.pass(Duration.ofHours(1));
    assertThat(right(HERE, false)).isEqualTo("in");
    assertThat(pace.waitedForTurn).isEmpty();
  }

  @Test
  void wrongPasswordsOfOneRequestAreHeldBack() {
    try (World world = new World(KeyAddresses.STRICT, pace)) {
      guessPasswords(world, AccessLimits.FREE_GUESSES + 1);
      assertThat(pace.slept).hasSize(1);
      guessPasswords(world, AccessLimits.FORGIVEN_PER_SECOND);
      assertThat(pace.slept).hasSize(2);
    }
  }

  @Test
  void secretsThatAreAskedAboutAreGuessesIfTheyAreWrong() {
    try (World world = new World(KeyAddresses.STRICT, pace)) {
      String token = world.token(world.alice);
      guessPasswords(world, AccessLimits.FREE_GUESSES);
      inside(world, session -> session.v4().identity().keyFromSecret(token));
      assertThat(pace.slept).isEmpty();
      inside(world, session -> session.v4().identity().keyFromSecret("nonsense"));
      assertThat(pace.slept).hasSize(1);
    }
  }

  private static void guessPasswords(World world, int times) {
    inside(
        world,
        session -> {
          for (int i = 0; i < times; i++) {
            assertThat(session.v4().identity().identify(world.alice, "guess" + i)).isFalse();
          }
          return null;
        });
  }

  private static void inside(World world, Gate.Body<Object> body) {
    world.gate.execute(
        Credentials.fromHeader("Bearer " + World.ROOT + ":app:admin", HERE),
        TransactionOptions.within(60_000_000_000L),
        new Metrics(),
        body);
  }

  private static void enter(World world, String secret) {
    world.gate.<Void>execute(
        Credentials.fromHeader("Bearer " + secret, HERE),
        TransactionOptions.within(60_000_000_000L),
        new Metrics(),
        _ -> null);
  }
}
