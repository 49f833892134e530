package io.refugium.database.sets;

import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A page of a set (spec: fql4 7.2): entries in the order of the set, and where to go on.
 *
 * @param entries at most as many as asked for
 * @param next the first entry behind the page, or null when there is none; for a page before a
 *     cursor not looked for, since the cursor itself is where to go on
 * @param hasPrevious whether entries precede a page before a cursor; for other pages not looked for
 */
public record SetPage(List<Entry> entries, Entry next, boolean hasPrevious) {
  /** The largest page: larger wishes are lowered to it. */
  public static final int MAX_SIZE = 100_000;

  /** The size of a page when none is asked for. */
  public static final int DEFAULT_SIZE = 64;

  /** The first page. */
  public static SetPage first(SetPlan plan, ReadContext context, long size) {
    return after(plan, context, List.of(), size);
  }

  /**
   * The page that begins at a cursor, inclusive.
   *
   * @param cursor the components of a position or a prefix of them; empty for the start
   * @param size how many entries; 0 or less for none
   */
  public static SetPage after(SetPlan plan, ReadContext context, List<Value> cursor, long size) {
    if (size <= 0) {
      return new SetPage(List.of(), null, false);
    }
    try (EntryCursor entries = plan.open(context, Direction.ASCENDING)) {
      if (!cursor.isEmpty()) {
        entries.seek(Bound.before(cursor));
      }
      List<Entry> page = take(entries, limit(size));
      return new SetPage(page, entries.next() ? entries.entry() : null, false);
    }
  }

  /**
   * The page that ends before a cursor, exclusive.
   *
   * @param cursor the components of a position or a prefix of them; empty for the start
   * @param size how many entries; 0 or less for none
   */
  public static SetPage before(SetPlan plan, ReadContext context, List<Value> cursor, long size) {
    if (size <= 0 || cursor.isEmpty()) {
      return new SetPage(List.of(), null, false);
    }
    try (EntryCursor entries = plan.open(context, Direction.DESCENDING)) {
      entries.seek(Bound.before(cursor));
      List<Entry> page = take(entries, limit(size));
      Collections.reverse(page);
      return new SetPage(page, null, entries.next());
    }
  }

  private static int limit(long size) {
    return (int) Math.min(size, MAX_SIZE);
  }

  private static List<Entry> take(EntryCursor entries, int limit) {
    List<Entry> taken = new ArrayList<>(Math.min(limit, DEFAULT_SIZE));
    while (taken.size() < limit && entries.next()) {
      taken.add(entries.entry());
    }
    return taken;
  }
}
