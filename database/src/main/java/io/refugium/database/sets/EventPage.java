package io.refugium.database.sets;

import io.refugium.database.Transaction;
import java.util.List;

/**
 * A page of a history, oldest event first.
 *
 * @param events at most as many as asked for
 * @param next the first event behind the page, or null when there is none; not looked for by {@link
 *     #before}
 * @param hasPrevious whether events precede a page before a cursor; for other pages not looked for
 */
public record EventPage(List<SetEvent> events, SetEvent next, boolean hasPrevious) {
  /**
   * How many events of a document to read beyond a page: one on the far side of the cursor, for a
   * document has one event at a time, and one to know that more follow.
   */
  private static final int AROUND_A_PAGE = 2;

  private static final EventPage EMPTY = new EventPage(List.of(), null, false);

  /** The first page. */
  public static EventPage first(EventsPlan plan, ReadContext context, long size) {
    return after(plan, context, EventBound.at(0), size);
  }

  /** The page that begins at a cursor, inclusive. A size of 0 or less gives no events. */
  public static EventPage after(
      EventsPlan plan, ReadContext context, EventBound cursor, long size) {
    if (size <= 0) {
      return EMPTY;
    }
    List<SetEvent> events =
        new EventHistory(context, end(context))
            .first(plan, Math.max(0, cursor.ts()), limit(size) + AROUND_A_PAGE);
    int from = cursor.indexIn(events, listsRemovalsFirst(plan));
    int to = (int) Math.min(events.size(), from + limit(size));
    SetEvent next = to < events.size() ? events.get(to) : null;
    return new EventPage(List.copyOf(events.subList(from, to)), next, false);
  }

  /** The page that ends before a cursor, exclusive. A size of 0 or less gives no events. */
  public static EventPage before(
      EventsPlan plan, ReadContext context, EventBound cursor, long size) {
    if (size <= 0) {
      return EMPTY;
    }
    long end =
        cursor.ts() == Long.MAX_VALUE ? end(context) : Math.min(end(context), cursor.ts() + 1);
    List<SetEvent> events = new EventHistory(context, end).last(plan, limit(size) + AROUND_A_PAGE);
    int to = cursor.indexIn(events, listsRemovalsFirst(plan));
    int from = (int) Math.max(0, to - limit(size));
    return new EventPage(List.copyOf(events.subList(from, to)), null, from > 0);
  }

  private static long limit(long size) {
    return Math.min(size, SetPage.MAX_SIZE);
  }

  /** Events at the time of reading still count. */
  private static long end(ReadContext context) {
    return context.at() == Transaction.NOW ? Transaction.NOW : context.at() + 1;
  }

  private static boolean listsRemovalsFirst(EventsPlan plan) {
    return plan instanceof EventsPlan.OfSet(SetPlan set) && listsRemovalsFirst(set);
  }

  private static boolean listsRemovalsFirst(SetPlan set) {
    return switch (set) {
      case SetPlan.Distinct(SetPlan inner) -> listsRemovalsFirst(inner);
      case SetPlan.Permitted(SetPlan inner, SetPlan.EntryPredicate _) -> listsRemovalsFirst(inner);
      case SetPlan.Union _, SetPlan.Intersection _, SetPlan.Difference _, SetPlan.Join _ -> false;
      default -> true;
    };
  }
}
