package io.refugium.fql4.functions;

import io.refugium.database.sets.EventBound;
import io.refugium.database.sets.EventPage;
import io.refugium.database.sets.SetEvent;
import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.EventValue;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.SessionSets;
import io.refugium.fql4.language.Times;
import io.refugium.fql4.language.Types;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.model.ArrayValue;
import io.refugium.model.DateValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pages of histories, and their cursors (spec: FQL v4, 7.2). */
final class EventPages {
  private static final Set<String> DOCUMENT_WORDS = Set.of("document", "instance", "resource");
  private static final Set<String> VALUE_WORDS = Set.of("data", "values");

  private EventPages() {}

  static Value page(Call call, Value set, PageFunctions.Cursor cursor, long size) {
    SessionSets sets = new SessionSets(call.evaluation());
    Position denied = call.position(0);
    if (cursor.value() == null) {
      EventPage page = sets.eventsAfter(set, EventBound.at(0), size, denied, call.position());
      return result(page, null, page.next() == null ? null : cursor(page.next()));
    }
    EventBound bound = bound(cursor.value(), cursor.position(), call.version());
    Value echo = echo(cursor.value(), bound);
    if (size <= 0) {
      sets.eventsAfter(set, bound, 0, denied, call.position());
      return new PageValue(echo, echo, List.of(), List.of());
    }
    if (!cursor.backwards()) {
      EventPage page = sets.eventsAfter(set, bound, size, denied, call.position());
      return result(page, echo, page.next() == null ? null : cursor(page.next()));
    }
    EventPage page = sets.eventsBefore(set, bound, size, denied, call.position());
    Value before =
        page.hasPrevious() && !page.events().isEmpty() ? cursor(page.events().getFirst()) : null;
    return result(page, before, echo);
  }

  private static Value result(EventPage page, Value before, Value after) {
    List<Value> data = new ArrayList<>(page.events().size());
    List<Value> cursors = new ArrayList<>(page.events().size());
    for (SetEvent event : page.events()) {
      data.add(SessionSets.Events.of(event));
      cursors.add(cursor(event));
    }
    return new PageValue(before, after, data, cursors);
  }

  /** The cursor of an event. */
  private static Value cursor(SetEvent event) {
    EventValue shown = SessionSets.Events.of(event);
    ObjectValue.Builder cursor =
        ObjectValue.builder()
            .put("ts", shown.ts())
            .put("action", shown.action())
            .put("document", shown.document());
    if (shown.values() != null && !shown.values().isEmpty()) {
      cursor.put("data", new ArrayValue(shown.values()));
    }
    return cursor.build();
  }

  // ---- Cursors of the request

  private static EventBound bound(Value cursor, Position position, ApiVersion version) {
    return switch (cursor) {
      case LongValue(long ts) -> EventBound.at(ts);
      case TimeValue time -> EventBound.at(Times.toMicros(time.value()));
      case DateValue date ->
          EventBound.at(Times.toMicros(date.value().atStartOfDay(ZoneOffset.UTC).toInstant()));
      case NullValue _ -> EventBound.at(Long.MAX_VALUE);
      case TransactionTime _ -> EventBound.at(Long.MAX_VALUE);
      case ObjectValue object -> bound(object, position, version);
      default ->
          throw Errors.wrongKind(position, "Object, Integer, Time, or Date", Types.nameOf(cursor));
    };
  }

  private static EventBound bound(ObjectValue cursor, Position position, ApiVersion version) {
    List<String> others = new ArrayList<>(cursor.names());
    others.remove("ts");
    others.remove("action");
    String document = take(others, DOCUMENT_WORDS);
    String values = document == null ? null : take(others, VALUE_WORDS);
    boolean known =
        cursor.has("ts") && others.isEmpty() && (document == null || cursor.has("action"));
    if (!known) {
      throw Errors.badEventCursor(position, cursor.names());
    }
    if (!(cursor.get("ts") instanceof LongValue(long ts))) {
      throw Errors.wrongKind(position.at("ts"), "Integer", Types.nameOf(cursor.get("ts")));
    }
    SetEvent.Action action =
        cursor.has("action") ? action(cursor.get("action"), position.at("action")) : null;
    Ref ref = document == null ? null : ref(cursor.get(document), position.at(document), version);
    List<Value> covered = null;
    if (values != null) {
      Value data = Plain.of(cursor.get(values));
      covered = data instanceof ArrayValue(List<Value> several) ? several : List.of(data);
    }
    return new EventBound(ts, action, ref, covered);
  }

  /** Takes the one of these words that is there out of the list. */
  private static String take(List<String> names, Set<String> words) {
    for (String name : names) {
      if (words.contains(name)) {
        names.remove(name);
        return name;
      }
    }
    return null;
  }

  private static SetEvent.Action action(Value value, Position position) {
    ActionValue action =
        switch (value) {
          case ActionValue known -> known;
          case StringValue(String word) -> ActionValue.of(word);
          default -> null;
        };
    return switch (action) {
      case ADD -> SetEvent.Action.ADD;
      case CREATE -> SetEvent.Action.CREATE;
      case UPDATE -> SetEvent.Action.UPDATE;
      case DELETE -> SetEvent.Action.DELETE;
      case REMOVE -> SetEvent.Action.REMOVE;
      case null -> throw Errors.wrongAction(position, Types.nameOf(value));
    };
  }

  private static Ref ref(Value value, Position position, ApiVersion version) {
    return switch (value) {
      case Ref ref -> ref;
      case UnresolvedRef unresolved -> throw unresolved.error(position, version);
      default -> throw Errors.wrongKind(position, "Ref", Types.nameOf(value));
    };
  }

  /** What a response shows of the cursor of its request. */
  private static Value echo(Value cursor, EventBound bound) {
    if (!(cursor instanceof ObjectValue object)) {
      return ObjectValue.builder()
          .put("ts", new LongValue(bound.ts()))
          .put("action", ActionValue.ADD)
          .build();
    }
    return bound.document() == null ? NullValue.NULL : object;
  }
}
