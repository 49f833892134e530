package io.refugium.fql10.events;

import io.refugium.access.Session;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.encode.ResultWriter;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.ArrayValue;
import io.refugium.model.JsonBuffer;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Decides which event a change of a document is for a watched set, by the document as it was before
 * the transaction and after it, as far as it may be seen (http specification, section 12.3). Both
 * are read through guarded sessions at these times: what may not be read is not in the set.
 */
final class EventJudge {
  private final WatchedSet set;
  private final Function<Session, QueryContext> contexts;
  private final boolean late;

  /**
   * A judge for a set.
   *
   * @param contexts makes the context in which code runs in a session
   * @param late whether changes are looked at long after they were made, as by feeds: then a
   *     version is told only of a document that may still be read
   */
  EventJudge(WatchedSet set, Function<Session, QueryContext> contexts, boolean late) {
    this.set = set;
    this.contexts = contexts;
    this.late = late;
  }

  /**
   * A change as an event.
   *
   * @param event null if nothing is to be told
   * @param readOps what looking at it has cost
   */
  record Verdict(Event event, long readOps) {
    static final Verdict UNCONCERNED = new Verdict(null, 0);
  }

  /** Judges the change of a document. */
  Verdict judge(Session session, Ref document, EventPosition position) {
    if (!set.mayConcern(document)) {
      return Verdict.UNCONCERNED;
    }
    long start = System.nanoTime();
    long bytes = session.metrics().bytesRead();
    return session.asOf(
        position.time() - 1,
        past ->
            session.asOf(
                position.time(),
                present -> {
                  Moment before = new Moment(contexts.apply(past), document, true);
                  Moment after =
                      new Moment(
                          contexts.apply(present), document, !late || session.mayRead(document));
                  Outcome outcome = outcome(before, after);
                  long reads = reads(before, after);
                  EventStats stats =
                      new EventStats(
                          reads,
                          session.metrics().bytesRead() - bytes,
                          1,
                          (System.nanoTime() - start) / 1_000_000);
                  return new Verdict(outcome.event(position, stats), reads);
                }));
  }

  private long reads(Moment before, Moment after) {
    if (set.single() != null) {
      return 0;
    }
    if (!before.isIn() && !after.isIn()) {
      return 0;
    }
    return before.isIn() && after.isIn() && !set.isPlain() ? 2 : 1;
  }

  /** What is to be told, without its place. */
  private sealed interface Outcome {
    Event event(EventPosition position, EventStats stats);

    record Nothing() implements Outcome {
      @Override
      public Event event(EventPosition position, EventStats stats) {
        return null;
      }
    }

    record Change(Event.Type type, JsonBuffer data) implements Outcome {
      @Override
      public Event event(EventPosition position, EventStats stats) {
        return new Event.Data(type, data.toBytes(position.time()), position, stats);
      }
    }

    record Failed(String code, String message, JsonBuffer abort) implements Outcome {
      @Override
      public Event event(EventPosition position, EventStats stats) {
        byte[] aborted = abort == null ? null : abort.toBytes(position.time());
        return new Event.Failure(code, message, aborted, stats);
      }
    }
  }

  private static final Outcome NOTHING = new Outcome.Nothing();

  private Outcome outcome(Moment before, Moment after) {
    try {
      return compare(before, after);
    } catch (QueryFailure failure) {
      return failed(after.context, failure);
    } catch (RequestFailure failure) {
      return new Outcome.Failed(failure.code(), failure.getMessage(), null);
    } catch (StackOverflowError overflow) {
      return failed(after.context, Errors.stackOverflow());
    } catch (DatabaseException refusal) {
      return refused(refusal);
    }
  }

  /** What the database does not do for a query it does not do for a filter or mapping either. */
  private Outcome refused(DatabaseException refusal) {
    return switch (refusal) {
      case DatabaseException.DatabaseNotFound gone -> throw gone; // ends the whole stream
      case DatabaseException.DeadlineExceeded over when late -> throw over; // of the whole page
      case DatabaseException.DeadlineExceeded over ->
          new Outcome.Failed("time_out", over.getMessage(), null);
      default -> new Outcome.Failed("invalid_request", refusal.getMessage(), null);
    };
  }

  private static Outcome failed(QueryContext context, QueryFailure failure) {
    JsonBuffer abort = null;
    if (failure.abortValue() != null) {
      try {
        abort = ResultWriter.write(context, failure.abortValue(), ResultFormat.TAGGED);
      } catch (QueryFailure unreadable) {
        return new Outcome.Failed(unreadable.code().wire(), unreadable.getMessage(), null);
      }
    }
    return new Outcome.Failed(failure.code().wire(), failure.getMessage(), abort);
  }

  private Outcome compare(Moment before, Moment after) {
    if (isUnchanged(before, after)) {
      return NOTHING;
    }
    before.admit();
    after.admit();
    if (after.admitted == null) {
      return before.admitted != null && before.showsWatched() ? remove(before) : NOTHING;
    }
    boolean isUpdate = before.admitted != null;
    if (set.fields().isEmpty()) {
      return change(isUpdate ? Event.Type.UPDATE : Event.Type.ADD, after);
    }
    boolean differs = watchedDiffer(before, after);
    if (isUpdate) {
      return differs ? change(Event.Type.UPDATE, after) : NOTHING;
    }
    boolean entered = set.isIndex() && before.exists();
    return after.showsWatched() && (!entered || differs) ? change(Event.Type.ADD, after) : NOTHING;
  }

  /** Whether the set cannot tell before from after, filters aside. */
  private boolean isUnchanged(Moment before, Moment after) {
    if (!before.isIn() && !after.isIn()) {
      return true;
    }
    return set.isIndex() && set.fields().isEmpty() && before.entries.equals(after.entries);
  }

  private Outcome remove(Moment before) {
    return change(Event.Type.REMOVE, before);
  }

  private Outcome change(Event.Type type, Moment moment) {
    return new Outcome.Change(type, moment.show());
  }

  private boolean watchedDiffer(Moment before, Moment after) {
    for (List<Object> path : set.fields()) {
      Value was = before.field(path);
      Value is = after.field(path);
      boolean same =
          was == null || is == null
              ? Objects.equals(was, is)
              : Equality.equal(after.context, was, is);
      if (!same) {
        return true;
      }
    }
    return false;
  }

  /** The document at one of the two times. */
  private final class Moment {
    private final QueryContext context;
    private final Ref document;
    private final List<List<Value>> entries;
    private Map<String, Value> fields;
    private Value admitted;

    /**
     * The document where a context reads.
     *
     * @param readableNow false if it may not be read any more, whatever it was like then
     */
    Moment(QueryContext context, Ref document, boolean readableNow) {
      this.context = context;
      this.document = document;
      this.entries =
          !readableNow
              ? List.of()
              : set.stored() != null
                  ? set.stored().entriesOf(context, document)
                  : exists() ? List.of(List.of()) : List.of();
    }

    boolean exists() {
      return context.environment().documents().missing(context, document) == null;
    }

    boolean isIn() {
      return !entries.isEmpty();
    }

    void admit() {
      admitted =
          isIn() ? context.limited(EffectLimit.STREAMS, () -> set.admit(context, document)) : null;
    }

    JsonBuffer show() {
      return context.limited(
          EffectLimit.STREAMS,
          () -> ResultWriter.write(context, set.shape(context, admitted), ResultFormat.TAGGED));
    }

    boolean showsWatched() {
      return set.fields().isEmpty() || set.fields().stream().anyMatch(path -> field(path) != null);
    }

    /** The value at a path; null if there is none. */
    Value field(List<Object> path) {
      if (!exists()) {
        return null;
      }
      if (fields == null) {
        fields =
            context.environment().documents().fields(context, document).all().stream()
                .collect(
                    java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, ignored) -> first));
      }
      Value value = fields.get((String) path.getFirst());
      for (Object step : path.subList(1, path.size())) {
        value = inside(value, step);
      }
      return value == null || Kind.isNull(value) ? null : value;
    }

    private static Value inside(Value value, Object step) {
      return switch (step) {
        case String name when value instanceof ObjectValue object -> object.get(name);
        case Integer position
            when value instanceof ArrayValue(List<Value> values) && position < values.size() ->
            values.get(position);
        default -> null;
      };
    }
  }
}
