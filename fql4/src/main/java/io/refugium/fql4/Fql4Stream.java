package io.refugium.fql4;

import io.refugium.access.CollectionChanges;
import io.refugium.access.Gate;
import io.refugium.access.HeldRights;
import io.refugium.access.Session;
import io.refugium.access.Told;
import io.refugium.access.secret.Credentials;
import io.refugium.database.DocumentChanges.Committed;
import io.refugium.database.DocumentChanges.Edit;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.model.Ref;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An open stream (spec: HTTP surface, 11): tells the changes of a document or a set as they are
 * committed. Nothing is queued for a slow reader: the next commit is taken from the store when the
 * events of the last one have been sent. Rights are judged anew for every commit.
 *
 * <p>One thread runs it; {@link #close} may be called by any.
 */
public final class Fql4Stream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private final Gate gate;
  private final HeldRights rights;
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
    this.watched = watched;
    this.fields = fields;
    this.version = version;
    this.start = session.snapshotTime();
    this.changes = watched.changes(session, start);
    this.rights =
        HeldRights.of(
            session,
            gate,
            credentials,
            new Question(watched, fields, version),
            changes::close); // wakes the stream
  }

  /** What decides what a stream tells whoever holds the same rights. */
  private record Question(Watched watched, Set<StreamFields> fields, ApiVersion version) {}

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
    try {
      tellAll(sink);
    } catch (DatabaseException.ChangesForgotten _) {
      sink.send(EventLines.leftBehind(gate.now()));
    } catch (DatabaseException reason) {
      sink.send(EventLines.failed(reason, gate.now()));
    }
  }

  private void tellAll(Sink sink) throws IOException, InterruptedException {
    while (!closed) {
      Committed commit = changes.next(rights.patience(PATIENCE));
      if (closed) {
        return;
      }
      boolean held = !rights.areLost() && (commit == null ? rights.areHeld() : tell(commit, sink));
      if (!held) {
        sink.send(EventLines.rightsLost(commit == null ? gate.now() : commit.time()));
        return;
      }
    }
  }

  /** Whether the rights are still there to tell of a commit. */
  private boolean tell(Committed commit, Sink sink) throws IOException {
    if (!watched.mayBeConcernedBy(commit)) {
      return true;
    }
    // Edits are judged by the data of now, so that each stream has to do it for itself.
    Told told =
        commit.edits().isEmpty()
            ? rights.tell(commit.time(), session -> told(session, commit), null)
            : rights.inSession(commit.time(), session -> told(session, commit), null);
    if (told == null) {
      return false;
    }
    for (byte[] line : told.lines()) {
      sink.send(line);
    }
    return true;
  }

  private Told told(Session session, Committed commit) {
    EventLines events = new EventLines(session, watched, fields, version);
    List<byte[]> lines = new ArrayList<>();
    for (Ref document : commit.documents()) {
      lines.addAll(events.of(document, commit.time()));
    }
    for (Edit edit : commit.edits()) {
      lines.addAll(events.of(edit, commit.time()));
    }
    return new Told(lines, false);
  }

  @Override
  public void close() {
    closed = true;
    rights.close();
    changes.close();
  }
}
