package io.refugium.fql10.events;

import io.refugium.access.AccessException;
import io.refugium.access.CollectionChanges;
import io.refugium.access.Gate;
import io.refugium.access.Lease;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.DatabaseException;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.fql10.request.EventRequest;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Ref;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An open stream (http specification, section 12): tells the changes of a set as they are
 * committed. Nothing is queued for a slow reader: the next commit is taken from the store when the
 * events of the last one have been sent. Rights are judged anew before every commit's events.
 *
 * <p>One thread runs it; {@link #close} may be called by any.
 */
public final class EventStream implements AutoCloseable {
  /** How many events that happened before it was opened a stream catches up with. */
  private static final int MAX_REPLAY = 128;

  /** How long a stream is silent at most. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final long EVENT_SECONDS = 60;

  private final EventRequest request;
  private final Function<Session, QueryContext> contexts;
  private final Gate gate;
  private final Credentials credentials;
  private final Lease lease;
  private final EventPosition start;
  private final long opened;
  private final CollectionChanges changes;
  private final EventStats openingStats;
  private volatile boolean closed;
  private int replayed;

  private EventStream(
      Session session,
      OpenedSource source,
      EventRequest request,
      Function<Session, QueryContext> contexts,
      Gate gate,
      Credentials credentials,
      EventPosition start) {
    this.request = request;
    this.contexts = contexts;
    this.gate = gate;
    this.credentials = credentials;
    this.lease = session.lease();
    this.start = start;
    this.opened = session.snapshotTime();
    this.openingStats = new EventStats(source.set().openingReads(), 0, 1, 0);
    this.changes = changesOf(source, start);
  }

  /** Null when what happened since is no longer known. */
  private static CollectionChanges changesOf(OpenedSource source, EventPosition start) {
    if (!source.reaches(start)) {
      return null;
    }
    try {
      return source.changes(start);
    } catch (DatabaseException.ChangesForgotten gone) {
      return null;
    }
  }

  /**
   * Opens a stream.
   *
   * @param contexts makes the context in which code runs in a session
   * @throws RequestFailure if it may not be opened
   */
  public static EventStream open(
      Session session,
      EventRequest request,
      Function<Session, QueryContext> contexts,
      Gate gate,
      Credentials credentials) {
    OpenedSource source = OpenedSource.open(session, contexts.apply(session), request);
    EventPosition start = source.start(request);
    if (start.time() < source.created()) {
      throw RequestFailure.invalid(
          "Invalid stream start time: Stream start time can not be before the stream create time.");
    }
    return new EventStream(session, source, request, contexts, gate, credentials, start);
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
    sink.send(EventWriter.line(new Event.Status(start, openingStats)));
    if (changes == null) {
      sink.send(EventWriter.line(Event.Failure.tooOld(start)));
      return;
    }
    try {
      boolean goesOn = true;
      while (goesOn && !closed) {
        CollectionChanges.Commit commit = changes.next(SILENCE);
        if (!closed) {
          goesOn = send(sink, commit == null ? status() : eventsOf(commit));
        }
      }
    } catch (DatabaseException.ChangesForgotten gone) {
      sink.send(EventWriter.line(Event.Failure.tooOld(EventPosition.behind(changes.position()))));
    }
  }

  /** Whether the stream goes on. */
  private static boolean send(Sink sink, List<Event> events) throws IOException {
    for (Event event : events) {
      sink.send(EventWriter.line(event));
      if (event instanceof Event.Failure) {
        return false;
      }
    }
    return true;
  }

  private List<Event> status() {
    EventPosition position = EventPosition.behind(Math.max(start.time(), changes.position()));
    return inSession(session -> List.of(new Event.Status(position, new EventStats(0, 0, 1, 0))));
  }

  private List<Event> eventsOf(CollectionChanges.Commit commit) {
    List<Event> events = inSession(session -> judge(session, commit));
    if (commit.time() > opened) {
      return events;
    }
    int left = MAX_REPLAY - replayed;
    if (events.size() > left) {
      List<Event> some = new ArrayList<>(events.subList(0, left));
      some.add(Event.Failure.replayTooLong());
      return some;
    }
    replayed += events.size();
    return events;
  }

  private List<Event> judge(Session session, CollectionChanges.Commit commit) {
    OpenedSource source;
    try {
      source = OpenedSource.reopen(session, contexts.apply(session), request);
    } catch (RequestFailure lost) {
      return List.of(Event.Failure.rightsLost());
    }
    EventJudge judge = new EventJudge(source.set(), contexts, false);
    List<Event> events = new ArrayList<>();
    int ordinal = 0;
    for (Ref document : commit.documents()) {
      EventPosition position = new EventPosition(commit.time(), ordinal++);
      if (start.isBefore(position.time(), position.ordinal())) {
        Event event = judge.judge(session, document, position).event();
        if (event != null) {
          events.add(event);
        }
        if (event instanceof Event.Failure) {
          return events;
        }
      }
    }
    return events;
  }

  /** Runs with the rights of now, if they are still those that the stream was opened with. */
  private List<Event> inSession(Function<Session, List<Event>> body) {
    TransactionOptions options =
        new TransactionOptions(
            1,
            System.nanoTime() + TimeUnit.SECONDS.toNanos(EVENT_SECONDS),
            Math.max(0, changes.position()),
            false);
    try {
      return gate.execute(
              credentials,
              options,
              new Metrics(),
              session ->
                  session.lease().equals(lease)
                      ? body.apply(session.readOnly())
                      : List.<Event>of(Event.Failure.rightsLost()))
          .value();
    } catch (AccessException | DatabaseException.DatabaseNotFound lost) {
      return List.of(Event.Failure.rightsLost());
    }
  }

  @Override
  public void close() {
    closed = true;
    if (changes != null) {
      changes.close();
    }
  }
}
