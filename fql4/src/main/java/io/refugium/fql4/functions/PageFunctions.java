package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.BOOLEAN;
import static io.refugium.fql4.language.Kind.IDENTIFIER;
import static io.refugium.fql4.language.Kind.INTEGER;
import static io.refugium.fql4.language.Kind.TRANSACTION_TIME;

import io.refugium.database.sets.Entry;
import io.refugium.database.sets.SetPage;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Limits;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.SessionSets;
import io.refugium.fql4.language.SetPlans;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.Shape;
import io.refugium.fql4.language.SourcedValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Pages of sets (spec: FQL v4, 7.2). */
final class PageFunctions {
  private static final int AFTER = 1;
  private static final int BEFORE = 2;
  private static final int CURSOR = 3;
  private static final int TS = 4;
  private static final int SIZE = 5;
  private static final int EVENTS = 6;
  private static final int SOURCES = 7;

  private PageFunctions() {}

  static void define(Library library) {
    library
        .define("paginate", IDENTIFIER)
        .optional("after", ANY)
        .optional("before", ANY)
        .optional("cursor", ANY)
        .optional("ts", TRANSACTION_TIME)
        .optional("size", INTEGER)
        .optional("events", BOOLEAN)
        .optional("sources", BOOLEAN)
        .atMostOneOf("after", "before", "cursor")
        .reads()
        .as(call -> ReadFunctions.at(call, TS, () -> paginate(call)));
  }

  /**
   * Where a page is wanted.
   *
   * @param backwards whether it ends before the cursor rather than beginning at it
   * @param value the cursor as given, or null for the first page
   * @param position where it is in the request
   */
  record Cursor(boolean backwards, Value value, Position position) {
    static final Cursor NONE = new Cursor(false, null, null);
  }

  private static Value paginate(Call call) {
    Cursor cursor = cursor(call);
    Value set = call.bool(EVENTS, false) ? new SetValue.Events(call.value(0)) : call.value(0);
    long size = Math.min(call.integer(SIZE, Limits.DEFAULT_PAGE_SIZE), Limits.MAX_PAGE_SIZE);
    boolean ofEvents = Shape.of(set, call.evaluation()).events();
    return ofEvents ? EventPages.page(call, set, cursor, size) : page(call, set, cursor, size);
  }

  private static Cursor cursor(Call call) {
    if (call.has(AFTER)) {
      return new Cursor(false, call.value(AFTER), call.position(AFTER));
    }
    if (call.has(BEFORE)) {
      return new Cursor(true, call.value(BEFORE), call.position(BEFORE));
    }
    if (!call.has(CURSOR) || call.value(CURSOR) instanceof NullValue) {
      return Cursor.NONE;
    }
    if (call.value(CURSOR) instanceof ObjectValue object && object.size() == 1) {
      Position at = call.position(CURSOR);
      if (object.has("after")) {
        return new Cursor(false, object.get("after"), at.at("after"));
      }
      if (object.has("before")) {
        return new Cursor(true, object.get("before"), at.at("before"));
      }
    }
    throw Errors.badCursorObject(call.position(CURSOR));
  }

  // ---- Pages of entries

  private static Value page(Call call, Value set, Cursor cursor, long size) {
    SessionSets sets = new SessionSets(call.evaluation());
    Position denied = call.position(0);
    if (cursor.value() == null) {
      SetPage page = sets.pageAfter(set, List.of(), size, denied);
      return result(call, page, null, next(page));
    }
    List<Value> components = components(call, cursor);
    Value echo = new ArrayValue(components);
    if (size <= 0) {
      sets.pageAfter(set, components, 0, denied);
      return new PageValue(echo, echo, List.of(), List.of());
    }
    if (!cursor.backwards()) {
      SetPage page = sets.pageAfter(set, components, size, denied);
      return result(call, page, echo, next(page));
    }
    SetPage page = sets.pageBefore(set, components, size, denied);
    Value before =
        page.hasPrevious() && !page.entries().isEmpty()
            ? position(page.entries().getFirst())
            : null;
    return result(call, page, before, echo);
  }

  /** The components of a cursor: an array of them or a lone one. Refs in it must be resolved. */
  private static List<Value> components(Call call, Cursor cursor) {
    List<Value> components =
        cursor.value() instanceof ArrayValue(List<Value> several)
            ? several
            : List.of(cursor.value());
    Comparison.requireResolved(components, cursor.position(), call.version());
    return components.stream().map(Plain::of).toList();
  }

  private static Value next(SetPage page) {
    return page.next() == null ? null : position(page.next());
  }

  private static Value position(Entry entry) {
    return new ArrayValue(entry.position());
  }

  private static Value result(Call call, SetPage page, Value before, Value after) {
    boolean sourced = call.bool(SOURCES, false);
    List<Value> data = new ArrayList<>(page.entries().size());
    List<Value> cursors = new ArrayList<>(page.entries().size());
    for (Entry entry : page.entries()) {
      data.add(
          sourced
              ? new SourcedValue(
                  entry.visible(), entry.sources().stream().map(SetPlans::leaf).toList())
              : entry.visible());
      cursors.add(position(entry));
    }
    return new PageValue(before, after, data, cursors);
  }
}
