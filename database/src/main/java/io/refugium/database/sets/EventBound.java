package io.refugium.database.sets;

import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import java.util.List;

/**
 * A cursor of a history (spec: fql4 7.2): a time, before any event at it; with an action, a
 * document and values it comes down to one event. One with an action and no document lies after all
 * documents of that time and action, one with a document and no values after all of its values.
 *
 * @param ts microseconds since the epoch
 * @param action or null
 * @param document or null
 * @param values or null
 */
public record EventBound(long ts, SetEvent.Action action, Ref document, List<Value> values) {
  /** Before any event at a time. */
  public static EventBound at(long ts) {
    return new EventBound(ts, null, null, null);
  }

  /** At an event. */
  public static EventBound of(SetEvent event) {
    return new EventBound(event.ts(), event.action(), event.document(), event.values());
  }

  /** The place in a history of the first event that is not before this cursor. */
  int indexIn(List<SetEvent> history, boolean removalsFirst) {
    for (int i = 0; i < history.size(); i++) {
      if (names(history.get(i))) {
        return i;
      }
    }
    int index = 0;
    while (index < history.size() && isAfter(history.get(index), removalsFirst)) {
      index++;
    }
    return index;
  }

  private boolean names(SetEvent event) {
    return event.ts() == ts
        && event.action() == action
        && event.document().equals(document)
        && (values == null ? event.values().isEmpty() : event.values().equals(values));
  }

  private boolean isAfter(SetEvent event, boolean removalsFirst) {
    if (event.ts() != ts || action == null) {
      return event.ts() < ts;
    }
    int order = rank(event.action(), removalsFirst) - rank(action, removalsFirst);
    if (order != 0 || document == null) {
      return order <= 0;
    }
    order = ValueOrder.compareRefs(event.document(), document);
    if (order != 0) {
      return order < 0;
    }
    return values == null
        ? !event.values().isEmpty()
        : ValueOrder.INSTANCE.compare(event.values(), values) < 0;
  }

  private static int rank(SetEvent.Action action, boolean removalsFirst) {
    return removalsFirst && action == SetEvent.Action.REMOVE ? -1 : action.ordinal();
  }
}
