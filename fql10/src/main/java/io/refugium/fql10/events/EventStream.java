package io.refugium.fql10.events;

import io.refugium.access.CollectionChanges;
import io.refugium.access.Gate;
import io.refugium.access.HeldRights;
import io.refugium.access.Session;
import io.refugium.access.Told;
import io.refugium.access.secret.Credentials;
import io.refugium.database.DocumentChanges.Committed;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.request.EventRequest;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Ref;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static final Told NOTHING = new Told(List.of(), false);
  private static final Told RIGHTS_LOST = told(List.of(Event.Failure.rightsLost()));

  private final EventRequest request;
  private final Function<Session, QueryContext> contexts;
  private final EventPosition start;
  private final long opened;
  private final WatchedSet watched;
  private final CollectionChanges changes;
  private final HeldRights rights;
  private final EventStats openingStats;
  private volatile boolean closed;
  private int replayed;
  private long statusDue;

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
    this.start = start;
    this.opened = session.snapshotTime();
    this.watched = source.set();
    this.openingStats = new EventStats(watched.openingReads(), 0, 1, 0);
    this.changes = changesOf(source, start);
    this.rights =
        HeldRights.of(
            session,
            gate,
            credentials,
            source.recipe(),
            () -> {
              if (changes != null) {
                changes.close(); // wakes the stream
              }
            });
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
    restartSilence();
    try {
      boolean goesOn = true;
      while (goesOn && !closed) {
        Committed commit = changes.next(rights.patience(untilStatus()));
        if (!closed) {
          goesOn = send(sink, rights.areLost() ? RIGHTS_LOST : tell(commit));
        }
      }
    } catch (DatabaseException.ChangesForgotten gone) {
      sink.send(EventWriter.line(Event.Failure.tooOld(EventPosition.behind(changes.position()))));
    }
  }

  private static Told told(List<Event> events) {
    return new Told(
        events.stream().map(EventWriter::line).toList(),
        !events.isEmpty() && events.getLast() instanceof Event.Failure);
  }

  /** The first lines, and then the failure that there were too many. */
  private static Told cut(Told told, int count) {
    List<byte[]> some = new ArrayList<>(told.lines().subList(0, count));
    some.add(EventWriter.line(Event.Failure.replayTooLong()));
    return new Told(some, true);
  }

  /** Whether the stream goes on. */
  private static boolean send(Sink sink, Told told) throws IOException {
    for (byte[] line : told.lines()) {
      sink.send(line);
    }
    return !told.last();
  }

  private void restartSilence() {
    statusDue = System.nanoTime() + SILENCE.toNanos();
  }

  private Duration untilStatus() {
    return Duration.ofNanos(Math.max(0, statusDue - System.nanoTime()));
  }

  /**
   * What is to be told of a commit, or of there being none; and that the stream is alive, if it has
   * been silent for long.
   */
  private Told tell(Committed commit) {
    Told told = commit == null ? checkRights() : tellOf(commit);
    if (!told.lines().isEmpty()) {
      restartSilence();
      return told;
    }
    if (!untilStatus().isZero()) {
      return told;
    }
    restartSilence();
    EventPosition position = EventPosition.behind(Math.max(start.time(), changes.position()));
    return rights.inSession(
        changes.position(),
        session -> told(List.of(new Event.Status(position, new EventStats(0, 0, 1, 0)))),
        RIGHTS_LOST);
  }

  /** They may have expired. */
  private Told checkRights() {
    return rights.areHeld() ? NOTHING : RIGHTS_LOST;
  }

  private Told tellOf(Committed commit) {
    if (!mayConcern(commit)) {
      return NOTHING;
    }
    Told told =
        commit.time() > start.time()
            ? rights.tell(commit.time(), session -> judge(session, commit), RIGHTS_LOST)
            : rights.inSession(commit.time(), session -> judge(session, commit), RIGHTS_LOST);
    if (commit.time() > opened) {
      return told;
    }
    int left = MAX_REPLAY - replayed;
    if (told.lines().size() > left) {
      return cut(told, left);
    }
    replayed += told.lines().size();
    return told;
  }

  private boolean mayConcern(Committed commit) {
    for (Ref document : commit.documents()) {
      if (watched.mayConcern(document)) {
        return true;
      }
    }
    return false;
  }

  private Told judge(Session session, Committed commit) {
    OpenedSource source;
    try {
      source = OpenedSource.reopen(session, contexts.apply(session), request);
    } catch (RequestFailure lost) {
      return RIGHTS_LOST;
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
          break;
        }
      }
    }
    return told(events);
  }

  @Override
  public void close() {
    closed = true;
    rights.close();
    if (changes != null) {
      changes.close();
    }
  }
}
