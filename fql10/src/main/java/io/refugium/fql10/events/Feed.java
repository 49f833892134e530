package io.refugium.fql10.events;

import io.refugium.access.CollectionChanges;
import io.refugium.access.Session;
import io.refugium.database.DocumentChanges.Committed;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.request.EventRequest;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads one page of a feed (http specification, section 13). Confined to its session's thread. */
public final class Feed {
  private final Session session;
  private final OpenedSource source;
  private final EventRequest request;
  private final EventJudge judge;
  private final long deadline;
  private final List<Event> events = new ArrayList<>();
  private EventPosition reached;
  private EventStats stats;
  private boolean skipFirst;

  private Feed(
      Session session,
      OpenedSource source,
      EventRequest request,
      Function<Session, QueryContext> contexts,
      long deadline) {
    this.session = session;
    this.source = source;
    this.request = request;
    this.judge = new EventJudge(source.set(), contexts, true);
    this.deadline = deadline;
    this.stats = new EventStats(source.set().openingReads(), 0, 1, 0);
  }

  /**
   * The page that a request asks for, as JSON.
   *
   * @param contexts makes the context in which code runs in a session
   * @param deadline when to stop collecting, as {@link System#nanoTime} counts
   */
  public static byte[] page(
      Session session,
      EventRequest request,
      Function<Session, QueryContext> contexts,
      long deadline) {
    OpenedSource source = OpenedSource.open(session, contexts.apply(session), request);
    Feed feed = new Feed(session, source, request, contexts, deadline);
    return EventWriter.page(feed.read());
  }

  private EventPage read() {
    EventPosition start = start();
    if (!source.reaches(start)) {
      return tooOld(start);
    }
    reached = start;
    try (CollectionChanges changes = source.changes(start)) {
      return read(changes, start);
    } catch (DatabaseException.ChangesForgotten gone) {
      return tooOld(start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading a feed", e);
    }
  }

  /** A start time means the place behind the first event of the transaction at that time. */
  private EventPosition start() {
    if (request.startTime().isEmpty()) {
      return source.start(request);
    }
    skipFirst = true;
    return new EventPosition(request.startTime().get(), EventPosition.NONE);
  }

  private EventPage read(CollectionChanges changes, EventPosition start)
      throws InterruptedException {
    while (true) {
      Committed commit = changes.nextUpTo(session.snapshotTime(), deadline);
      if (commit == null) {
        return end(changes.position(), start);
      }
      skipFirst &= commit.time() == start.time();
      int ordinal = 0;
      for (Ref document : commit.documents()) {
        EventPosition position = new EventPosition(commit.time(), ordinal++);
        if (start.isBefore(position.time(), position.ordinal())) {
          EventPage page = add(judge.judge(session, document, position), position);
          if (page != null) {
            return page;
          }
        }
      }
      if (System.nanoTime() - deadline > 0) {
        return page(EventPosition.behind(commit.time()), true);
      }
    }
  }

  /** The page when nothing more was found, or the time was up. */
  private EventPage end(long searched, EventPosition start) {
    boolean complete = searched >= session.snapshotTime();
    long time = complete ? session.snapshotTime() : searched;
    return page(EventPosition.behind(Math.max(time, start.time())), !complete);
  }

  /** Adds an event; gives the page if it does not fit on it any more. */
  private EventPage add(EventJudge.Verdict verdict, EventPosition position) {
    if (verdict.event() == null) {
      count(verdict.readOps());
      return null;
    }
    if (skipFirst) {
      skipFirst = false;
      return null;
    }
    boolean ended = !events.isEmpty() && events.getLast() instanceof Event.Failure;
    if (ended || events.size() == request.pageSize()) {
      return page(reached, true);
    }
    events.add(verdict.event());
    stats = stats.plus(verdict.event().stats());
    reached = position;
    return null;
  }

  private void count(long readOps) {
    boolean open =
        events.size() < request.pageSize()
            && (events.isEmpty() || !(events.getLast() instanceof Event.Failure));
    if (open) {
      stats = stats.plus(new EventStats(readOps, 0, 1, 0));
    }
  }

  private EventPage page(EventPosition end, boolean hasNext) {
    return new EventPage(events, end.cursor(), hasNext, stats);
  }

  private static EventPage tooOld(EventPosition start) {
    EventStats stats = new EventStats(0, 0, 1, 0);
    EventPosition valid = new EventPosition(Math.max(0, start.time()), start.ordinal());
    return new EventPage(List.of(Event.Failure.tooOld(start)), valid.cursor(), false, stats);
  }
}
