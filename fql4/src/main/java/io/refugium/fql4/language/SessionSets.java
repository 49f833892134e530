package io.refugium.fql4.language;

import io.refugium.access.AccessException;
import io.refugium.access.V4Sets;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EntryCursor;
import io.refugium.database.sets.EventBound;
import io.refugium.database.sets.EventPage;
import io.refugium.database.sets.EventsPlan;
import io.refugium.database.sets.IncompatibleSetsException;
import io.refugium.database.sets.SetEvent;
import io.refugium.database.sets.SetPage;
import io.refugium.database.sets.SetPlan;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Reads sets in the session of a query, at the valid time in force, with the rights of the code
 * that is running.
 */
public final class SessionSets implements SetReader {
  private final Evaluation evaluation;

  public SessionSets(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  private SetPlan plan(Value set, Position reader) {
    return new SetPlans(evaluation, reader).plan(set);
  }

  private V4Sets sets() {
    return evaluation.session().v4().sets();
  }

  private static <T> T guarded(Position denied, Supplier<T> read) {
    try {
      return read.get();
    } catch (AccessException.Denied _) {
      throw Errors.permissionDenied(denied);
    } catch (IncompatibleSetsException _) {
      throw Errors.incompatibleSets(denied);
    }
  }

  private boolean isEvents(Value set) {
    return Shape.of(set, evaluation).events();
  }

  @Override
  public Iterator<Value> elements(Value set, Position denied) {
    if (isEvents(set)) {
      EventPage all = eventsAfter(set, EventBound.at(0), Limits.MAX_PAGE_SIZE, denied, denied);
      return all.events().stream().map(event -> (Value) Events.of(event)).iterator();
    }
    EntryCursor entries =
        guarded(
            denied,
            () -> sets().open(plan(set, denied), evaluation.validTime(), Direction.ASCENDING));
    return new Elements(evaluation.closing(entries), denied);
  }

  /** The elements that a cursor walks over. */
  private static final class Elements implements Iterator<Value> {
    private final EntryCursor entries;
    private final Position denied;
    private Value next;
    private boolean ended;

    Elements(EntryCursor entries, Position denied) {
      this.entries = entries;
      this.denied = denied;
    }

    @Override
    public boolean hasNext() {
      if (next == null && !ended) {
        if (guarded(denied, entries::next)) {
          next = entries.entry().visible();
        } else {
          ended = true;
          entries.close();
        }
      }
      return next != null;
    }

    @Override
    public Value next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Value element = next;
      next = null;
      return element;
    }
  }

  /** Sets that cover values have no last element: the wire says so. */
  @Override
  public Value last(Value set, Position denied) {
    if (isEvents(set)) {
      return lastOf(elements(set, denied));
    }
    return guarded(
        denied,
        () -> {
          try (EntryCursor entries =
              sets().open(plan(set, denied), evaluation.validTime(), Direction.DESCENDING)) {
            return entries.next() && entries.entry().values().isEmpty()
                ? entries.entry().ref()
                : null;
          }
        });
  }

  private static Value lastOf(Iterator<Value> elements) {
    Value last = null;
    while (elements.hasNext()) {
      last = elements.next();
    }
    return last;
  }

  @Override
  public boolean isEmpty(Value set, Position denied) {
    if (isEvents(set)) {
      return !elements(set, denied).hasNext();
    }
    return guarded(denied, () -> !sets().isNonEmpty(plan(set, denied), evaluation.validTime()));
  }

  /** The document of the first entry, readable or not; null when the set is empty. */
  public Ref firstDocument(Value set, Position denied) {
    if (isEvents(set)) {
      EventPage first = eventsAfter(set, EventBound.at(0), 1, denied, denied);
      return first.events().isEmpty() ? null : first.events().getFirst().document();
    }
    Entry first = guarded(denied, () -> sets().first(plan(set, denied), evaluation.validTime()));
    return first == null ? null : first.ref();
  }

  /** The page that begins at a cursor; an empty one is the start. */
  public SetPage pageAfter(Value set, java.util.List<Value> cursor, long size, Position denied) {
    return guarded(
        denied, () -> sets().pageAfter(plan(set, denied), evaluation.validTime(), cursor, size));
  }

  /** The page that ends before a cursor. */
  public SetPage pageBefore(Value set, java.util.List<Value> cursor, long size, Position denied) {
    return guarded(
        denied, () -> sets().pageBefore(plan(set, denied), evaluation.validTime(), cursor, size));
  }

  /**
   * The page of a history that begins at a cursor. {@code unsupported} is where to report that the
   * set has none.
   */
  public EventPage eventsAfter(
      Value set, EventBound cursor, long size, Position denied, Position unsupported) {
    EventsPlan plan = new SetPlans(evaluation, unsupported).events(set, unsupported);
    return guarded(denied, () -> sets().eventPageAfter(plan, evaluation.validTime(), cursor, size));
  }

  /** The page of a history that ends before a cursor. */
  public EventPage eventsBefore(
      Value set, EventBound cursor, long size, Position denied, Position unsupported) {
    EventsPlan plan = new SetPlans(evaluation, unsupported).events(set, unsupported);
    return guarded(
        denied, () -> sets().eventPageBefore(plan, evaluation.validTime(), cursor, size));
  }

  /** Events of the database as queries see them. */
  public static final class Events {
    private Events() {}

    public static EventValue of(SetEvent event) {
      ActionValue action =
          switch (event.action()) {
            case ADD -> ActionValue.ADD;
            case CREATE -> ActionValue.CREATE;
            case UPDATE -> ActionValue.UPDATE;
            case DELETE -> ActionValue.DELETE;
            case REMOVE -> ActionValue.REMOVE;
          };
      Value ts = Versions.time(event.ts());
      if (event.version() == null) {
        return new EventValue(ts, action, event.document(), null, event.values());
      }
      return new EventValue(
          ts,
          action,
          event.document(),
          event.version().fields() == null ? null : event.version().diff(),
          null);
    }
  }
}
