package io.refugium.fql4;

import io.refugium.access.AccessException;
import io.refugium.access.CollectionChanges;
import io.refugium.access.Gate;
import io.refugium.access.Lease;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.DatabaseException;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.model.Ref;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An open stream (spec: HTTP surface, 11): tells the changes of a document or a set as they are
 * committed. Nothing is queued for a slow reader: the next commit is taken from the store when the
 * events of the last one have been sent. Rights are judged anew for every commit.
 *
 * <p>One thread runs it; {@link #close} may be called by any.
 */
public final class Fql4Stream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long EVENT_SECONDS = 60;

  private final Gate gate;
  private final Credentials credentials;
  private final Lease lease;
  private final Watched watched;
  private final Set<StreamFields> fields;
  private final ApiVersion version;
  private final long start;
  private final CollectionChanges changes;
  private volatile boolean closed;

  Fql4Stream(
      Session session,
      Watched watched,
      Set<StreamFields> fields,
      ApiVersion version,
      Gate gate,
      Credentials credentials) {
    this.gate = gate;
    this.credentials = credentials;
    this.lease = session.lease();
    this.watched = watched;
    this.fields = fields;
    this.version = version;
    this.start = session.snapshotTime();
    this.changes = watched.changes(session, start);
  }

  /** Takes events to the client. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Sends one event and waits until the transport has taken it.
     *
     * @throws IOException when the client is gone or does not take it in time
     */
    void send(byte[] line) throws IOException;
  }

  /**
   * Sends events until the stream ends.
   *
   * @throws IOException when the client is gone
   * @throws InterruptedException when the thread was interrupted
   */
  public void run(Sink sink) throws IOException, InterruptedException {
    sink.send(EventLines.start(start));
    while (!closed) {
      CollectionChanges.Commit commit = changes.next(PATIENCE);
      if (commit != null && !closed) {
        List<byte[]> lines = linesOf(commit);
        if (lines == null) {
          sink.send(EventLines.rightsLost(commit.time()));
          return;
        }
        for (byte[] line : lines) {
          sink.send(line);
        }
      }
    }
  }

  /**
   * What is to be told of a commit; null if the rights are lost that the stream was opened with.
   */
  private List<byte[]> linesOf(CollectionChanges.Commit commit) {
    TransactionOptions options =
        new TransactionOptions(
            1, System.nanoTime() + TimeUnit.SECONDS.toNanos(EVENT_SECONDS), commit.time(), false);
    try {
      return gate.execute(
              credentials,
              options,
              new Metrics(),
              session -> session.lease().equals(lease) ? lines(session.readOnly(), commit) : null)
          .value();
    } catch (AccessException | DatabaseException.DatabaseNotFound lost) {
      return null;
    }
  }

  private List<byte[]> lines(Session session, CollectionChanges.Commit commit) {
    EventLines events = new EventLines(session, watched, fields, version);
    List<byte[]> lines = new ArrayList<>();
    for (Ref document : commit.documents()) {
      lines.addAll(events.of(document, commit.time()));
    }
    return lines;
  }

  @Override
  public void close() {
    closed = true;
    changes.close();
  }
}
