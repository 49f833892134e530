package io.refugium.access;

import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.refusal.DatabaseException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rights of a stream: those that it was opened with, or none (spec access 11). They are looked
 * at before each event, when a document changes that they rest on, and when they expire. Once lost
 * they are lost for good. Thread-safe.
 */
public final class HeldRights implements AutoCloseable {
  private static final long EVENT_SECONDS = 60;

  /** A snapshot is behind the clock by less than this. */
  private static final Duration LAG = Duration.ofMillis(2);

  private static final Logger LOG = LoggerFactory.getLogger(HeldRights.class);

  private final Gate gate;
  private final Credentials credentials;
  private final Lease lease;
  private final Audiences.Audience audience;
  private final LeaseWatch.Watch watch;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean lost;

  private HeldRights(
      Gate gate, Credentials credentials, Lease lease, Object watched, Runnable onLoss) {
    this.gate = gate;
    this.credentials = credentials;
    this.lease = lease;
    this.audience = gate.audiences().join(credentials, lease, watched);
    this.watch = gate.leases().watch(lease, () -> check(onLoss));
  }

  /**
   * Holds the rights of a session after its end.
   *
   * @param credentials those of the session
   * @param watched what the stream tells of: one with an equal lease and an equal object is told
   *     the same of each commit
   * @param onLoss called once or more, by any thread, as soon as they are lost
   */
  public static HeldRights of(
      Session session, Gate gate, Credentials credentials, Object watched, Runnable onLoss) {
    return new HeldRights(gate, credentials, session.lease(), watched, onLoss);
  }

  private void check(Runnable onLoss) {
    try {
      if (!areHeld()) {
        onLoss.run();
      }
    } catch (RuntimeException e) {
      // They are looked at again before the next event.
      LOG.warn("The rights of a stream could not be checked", e);
    }
  }

  /** Whether they are still there; asks the database. */
  public boolean areHeld() {
    return inSession(0, session -> true, false);
  }

  /** Whether they are known to be lost. */
  public boolean areLost() {
    return lost;
  }

  /** How long to wait for something to happen: so long, or until they expire. */
  public Duration patience(Duration longest) {
    if (lease.expires() == Lease.NEVER) {
      return longest;
    }
    long left = lease.expires() - TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    Duration until = Duration.of(Math.max(0, left), ChronoUnit.MICROS).plus(LAG);
    return until.compareTo(longest) < 0 ? until : longest;
  }

  /**
   * What is to be told of a commit, judged with the rights of now, if they are still those that are
   * held; by this stream or by another that must be told the same (see {@link Audiences}).
   *
   * @param commit its time in microseconds
   * @param judge finds out what it is, never null, by the data of that commit; only reads
   * @param otherwise the result when the rights are lost
   */
  public Told tell(long commit, Function<Session, Told> judge, Told otherwise) {
    Told told =
        lost
            ? null
            : audience.tell(
                commit,
                () ->
                    inSession(
                        commit,
                        session ->
                            new Audiences.Found(judge.apply(session), session.catalog().version()),
                        null));
    return told == null || lost ? otherwise : told;
  }

  /**
   * Runs a body that only reads, with the rights of now, if they are still those that are held.
   *
   * @param seen a time that the snapshot must have reached, in microseconds
   * @param otherwise the result when the rights are lost
   */
  public <T> T inSession(long seen, Function<Session, T> body, T otherwise) {
    if (lost) {
      return otherwise;
    }
    TransactionOptions options =
        new TransactionOptions(
            1,
            System.nanoTime() + TimeUnit.SECONDS.toNanos(EVENT_SECONDS),
            Math.max(0, seen),
            false);
    try {
      return gate.proceed(
              credentials,
              options,
              new Metrics(),
              session -> {
                if (!session.lease().equals(lease)) {
                  throw new AccessException.Unauthorized();
                }
                return body.apply(session.readOnly());
              })
          .value();
    } catch (AccessException | DatabaseException.DatabaseNotFound _) {
      lost = true;
      return otherwise;
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      audience.leave();
    }
    watch.close();
  }
}
