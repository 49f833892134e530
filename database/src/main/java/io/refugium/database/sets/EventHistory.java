package io.refugium.database.sets;

import io.refugium.database.EntryEvent;
import io.refugium.database.FieldMatch;
import io.refugium.database.document.Version;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates histories: the events of documents and sets within times, in the order in which pages
 * list them (spec: fql4 11.3). The history of a document is read as far as it is needed. That of a
 * set is a complete list: the store has entries in the order of the set, not of time.
 */
final class EventHistory {
  private static final long BEGINNING = 0;

  private final ReadContext context;
  private final long to;

  /** Events before {@code to} in microseconds, exclusive. */
  EventHistory(ReadContext context, long to) {
    this.context = context;
    this.to = to;
  }

  /** The events from a time on, inclusive; of a document so many at most. */
  List<SetEvent> first(EventsPlan plan, long from, long limit) {
    Ref document = documentOf(plan);
    return document == null
        ? events(plan, from)
        : ofDocument(document, from, limit, Direction.ASCENDING);
  }

  /** All events, oldest first; of a document the latest so many at most. */
  List<SetEvent> last(EventsPlan plan, long limit) {
    Ref document = documentOf(plan);
    return document == null
        ? events(plan, BEGINNING)
        : ofDocument(document, BEGINNING, limit, Direction.DESCENDING).reversed();
  }

  /** The document whose history is asked for, or null when it is that of a set. */
  private static Ref documentOf(EventsPlan plan) {
    return switch (plan) {
      case EventsPlan.OfDocument(Ref ref) -> ref;
      case EventsPlan.OfSet(SetPlan.OneDocument(Ref ref)) -> ref;
      default -> null;
    };
  }

  /** The events from a time on, inclusive. */
  List<SetEvent> events(EventsPlan plan, long from) {
    return switch (plan) {
      case EventsPlan.OfDocument(Ref ref) -> ofDocument(ref, from);
      case EventsPlan.OfSet(SetPlan set) -> ofSet(set, from);
      case EventsPlan.Union(List<EventsPlan> operands) ->
          merge(operands.stream().map(operand -> events(operand, from)).toList());
      case EventsPlan.Intersection(List<EventsPlan> operands) -> common(operands, from, true);
      case EventsPlan.Difference(List<EventsPlan> operands) -> common(operands, from, false);
    };
  }

  private List<SetEvent> common(List<EventsPlan> operands, long from, boolean wanted) {
    if (operands.isEmpty()) {
      return List.of();
    }
    List<SetEvent> result = new ArrayList<>(events(operands.getFirst(), from));
    for (EventsPlan operand : operands.subList(1, operands.size())) {
      Set<SetEvent.Identity> others = new HashSet<>();
      events(operand, from).forEach(event -> others.add(event.identity()));
      result.removeIf(event -> others.contains(event.identity()) != wanted);
    }
    return result;
  }

  private List<SetEvent> ofDocument(Ref ref, long from) {
    return ofDocument(ref, from, Long.MAX_VALUE, Direction.ASCENDING);
  }

  private List<SetEvent> ofDocument(Ref ref, long from, long limit, Direction direction) {
    List<SetEvent> events = new ArrayList<>();
    Iterator<Version> versions = context.reader().versions(ref, from, to, direction);
    while (events.size() < limit && versions.hasNext()) {
      context.reader().checkDeadline();
      events.add(SetEvent.of(versions.next()));
    }
    return events;
  }

  private List<SetEvent> ofSet(SetPlan set, long from) {
    return switch (set) {
      case SetPlan.Match(Ref index, List<Value> terms) ->
          context.reader().shapeOf(index) == null
              ? List.of()
              : ofEntries(context.reader().events(index, terms, from, to));
      case SetPlan.Documents(long scope, int collection, List<FieldMatch> _) ->
          ofEntries(context.reader().events(scope, collection, from, to));
      case SetPlan.SystemDocuments(long scope, int kind) ->
          ofEntries(context.reader().events(scope, kind, from, to));
      case SetPlan.Singleton(Ref ref) -> ofSingleton(ref, from);
      case SetPlan.OneDocument(Ref ref) -> ofDocument(ref, from);
      case SetPlan.Union(List<SetPlan> operands) ->
          merge(operands.stream().map(operand -> ofSet(operand, from)).toList());
      case SetPlan.Intersection(List<SetPlan> operands) -> flips(operands, from, true);
      case SetPlan.Difference(List<SetPlan> operands) -> flips(operands, from, false);
      case SetPlan.Distinct(SetPlan inner) -> ofSet(inner, from);
      case SetPlan.Permitted(SetPlan inner, SetPlan.EntryPredicate predicate) ->
          ofSet(inner, from).stream()
              .filter(event -> predicate.test(context, event.entry()))
              .toList();
      case SetPlan.Join join -> ofJoin(join, from);
      case SetPlan.Range _, SetPlan.Reverse _, SetPlan.Filter _ ->
          throw new IllegalArgumentException("no history: ask EventsPlan.hasHistory before");
    };
  }

  private static List<SetEvent> ofEntries(List<EntryEvent> events) {
    return events.stream()
        .map(event -> SetEvent.ofSet(event.ts(), event.added(), event.ref(), event.values()))
        .toList();
  }

  private List<SetEvent> ofSingleton(Ref ref, long from) {
    return ofDocument(ref, from).stream()
        .filter(event -> event.action() != SetEvent.Action.UPDATE)
        .map(
            event ->
                SetEvent.ofSet(
                    event.ts(), event.action() == SetEvent.Action.CREATE, ref, List.of()))
        .toList();
  }

  /** The events of all sets that an entry which the source ever had leads to. */
  private List<SetEvent> ofJoin(SetPlan.Join join, long from) {
    Set<SetPlan> targets = new LinkedHashSet<>();
    for (SetEvent event : ofSet(join.source(), BEGINNING)) {
      if (targets.size() == SetPlan.Join.MAX_SOURCE_ENTRIES) {
        break;
      }
      SetPlan target = JoinCursor.target(join.target(), context, event.entry());
      if (target != null) {
        targets.add(target);
      }
    }
    return merge(
        targets.stream()
            .filter(EventsPlan::hasHistory)
            .map(target -> ofSet(target, from))
            .toList());
  }

  /**
   * Merges histories by comparing the next event of each; equal ones come out once, also when other
   * events of their time lie between them.
   */
  private List<SetEvent> merge(List<List<SetEvent>> histories) {
    int[] next = new int[histories.size()];
    List<SetEvent> merged = new ArrayList<>();
    Set<SetEvent.Identity> ofOneTime = new HashSet<>();
    while (true) {
      context.reader().checkDeadline();
      SetEvent first = null;
      for (int i = 0; i < next.length; i++) {
        SetEvent head = head(histories.get(i), next[i]);
        if (head != null && (first == null || SetEvent.MERGED.compare(head, first) < 0)) {
          first = head;
        }
      }
      if (first == null) {
        return merged;
      }
      if (!merged.isEmpty() && merged.getLast().ts() != first.ts()) {
        ofOneTime.clear();
      }
      if (ofOneTime.add(first.identity())) {
        merged.add(first);
      }
      for (int i = 0; i < next.length; i++) {
        SetEvent head = head(histories.get(i), next[i]);
        if (head != null && head.isSame(first)) {
          next[i]++;
        }
      }
    }
  }

  private static SetEvent head(List<SetEvent> history, int next) {
    return next < history.size() ? history.get(next) : null;
  }

  /**
   * The events of an intersection or difference: of each key the events of all operands are
   * followed one by one, and those are reported after which the key has come or gone. Who comes
   * twice at one time comes once.
   */
  private List<SetEvent> flips(List<SetPlan> operands, long from, boolean intersection) {
    TreeMap<Step, Integer> steps = new TreeMap<>(Step.ORDER);
    for (int i = 0; i < operands.size(); i++) {
      for (SetEvent event : ofSet(operands.get(i), BEGINNING)) {
        steps.put(new Step(event, i), i);
      }
    }
    List<SetEvent> flips = new ArrayList<>();
    Set<SetEvent.Identity> listed = new HashSet<>();
    Membership membership = null;
    for (Step step : steps.keySet()) {
      context.reader().checkDeadline();
      if (membership == null || !membership.isOf(step.event())) {
        membership = new Membership(step.event(), operands.size(), intersection);
      }
      if (membership.flipsBy(step) && step.event().ts() >= from) {
        SetEvent flip = membership.flip(step);
        if (listed.add(flip.identity())) {
          flips.add(flip);
        }
      }
    }
    flips.sort(SetEvent.MERGED);
    return flips;
  }
}
