package io.refugium.database.sets;

import io.refugium.database.document.Version;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import java.util.Comparator;
import java.util.List;

/**
 * Something that happened to a document or to a set (spec: fql4 11.3).
 *
 * @param ts when, in microseconds, or {@link io.refugium.database.document.Document#UNCOMMITTED}
 * @param values the covered values of the entry that came or left; empty for sets without values
 *     and for documents
 * @param version the version behind the event of a document; null for sets
 */
public record SetEvent(long ts, Action action, Ref document, List<Value> values, Version version) {
  /** What happened, in the order in which merged histories list the events of one time. */
  public enum Action {
    ADD,
    CREATE,
    UPDATE,
    DELETE,
    REMOVE
  }

  /** By time, and at one time by action, document and values: how histories are merged. */
  static final Comparator<SetEvent> MERGED = byTimeAnd(SetEvent::action);

  /** As sets list their own: at one time what left before what came. */
  static final Comparator<SetEvent> REMOVALS_FIRST =
      byTimeAnd(event -> event.action != Action.REMOVE);

  private static <T extends Comparable<T>> Comparator<SetEvent> byTimeAnd(
      java.util.function.Function<SetEvent, T> rank) {
    return Comparator.comparingLong(SetEvent::ts)
        .thenComparing(rank)
        .thenComparing(SetEvent::document, ValueOrder::compareRefs)
        .thenComparing(SetEvent::values, ValueOrder.INSTANCE::compare);
  }

  static SetEvent of(Version version) {
    Action action =
        switch (version.change()) {
          case CREATE -> Action.CREATE;
          case UPDATE -> Action.UPDATE;
          case DELETE -> Action.DELETE;
        };
    return new SetEvent(version.ts(), action, version.ref(), List.of(), version);
  }

  static SetEvent ofSet(long ts, boolean added, Ref document, List<Value> values) {
    return new SetEvent(ts, added ? Action.ADD : Action.REMOVE, document, values, null);
  }

  /** The entry that came or left. */
  Entry entry() {
    return new Entry(values, document, List.of());
  }

  /** What makes events equal: each is listed once, for a cursor names no more than this. */
  record Identity(long ts, Action action, Ref document, List<Value> values) {}

  Identity identity() {
    return new Identity(ts, action, document, values);
  }

  boolean isSame(SetEvent other) {
    return ts == other.ts
        && action == other.action
        && document.equals(other.document)
        && values.equals(other.values);
  }
}
