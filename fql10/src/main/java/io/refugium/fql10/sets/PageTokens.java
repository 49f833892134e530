package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.PageCursor;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.Rights;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pages as values of the language, and the cursors between them (language specification, section
 * 9.5). A cursor holds the recipe of its set, the position, the size of the page it came with, and
 * the time of the first page: later pages are evaluated at that time. It also says with which
 * rights it was made: a function with a role runs the functions in it with its role only if they
 * had that role before, else it borrows them from the request.
 */
public final class PageTokens {
  public static final String DATA = "data";
  public static final String AFTER = "after";
  private static final long FORMAT = 2;
  private static final int PARTS = 7;
  private static final long MICROS = 1_000_000L;

  private PageTokens() {}

  /**
   * A page as it is shown.
   *
   * @param after the cursor to the next page; null if this is the last one
   */
  public record Shown(List<Value> data, PageCursor after) {
    /** An object {@code {data, after}}. */
    public Value object() {
      ObjectValue.Builder object = ObjectValue.builder().put(DATA, new ArrayValue(data));
      if (after != null) {
        object.put(AFTER, after);
      }
      return object.build();
    }
  }

  /** The first page of a set. */
  public static Shown firstPage(QueryContext context, SetValue set, int size) {
    return page(context, set, null, size, Moment.of(context));
  }

  /**
   * The page at a cursor.
   *
   * @param cursor a {@link PageCursor} or its text
   * @param size how many elements; negative for as many as the page before
   */
  public static Value resume(QueryContext context, Value cursor, int size) {
    String text = cursor instanceof PageCursor page ? page.text() : ((StringValue) cursor).value();
    Value[] parts = parts(context.environment(), text);
    SetValue set = set(context, parts[1], parts[6]);
    int pageSize = size < 0 ? checkedSize(parts[3]) : size;
    Moment moment = new Moment(longOf(parts[4]), parts[5] == BooleanValue.TRUE);
    return moment.read(
        context, () -> page(context, set, Positions.orNull(parts[2]), pageSize, moment).object());
  }

  private static SetValue set(QueryContext context, Value recipe, Value maker) {
    SetValue set = new RecipeReader(context).set(recipe);
    boolean own = maker.equals(new StringValue(context.environment().rightsName()));
    Optional<Rights> request = own ? Optional.empty() : context.environment().requestRights();
    return request.map(rights -> new Lending(rights).lent(set)).orElse(set);
  }

  /** Whose functions a cursor holds: true stands for the request, which nobody else is. */
  private static Value maker(QueryContext context) {
    return context.environment().requestRights().isEmpty()
        ? BooleanValue.TRUE
        : new StringValue(context.environment().rightsName());
  }

  /** A cursor to the start of a set. */
  public static PageCursor start(QueryContext context, SetValue set) {
    return cursor(context, set, null, set.pageSize(), Moment.of(context));
  }

  private static Shown page(
      QueryContext context, SetValue set, Value position, int size, Moment moment) {
    Page page = Page.read(context, set, position, size);
    PageCursor after =
        page.position() == null
            ? null
            : cursor(context, set, page.position(), page.data().size(), moment);
    return new Shown(page.data(), after);
  }

  private static PageCursor cursor(
      QueryContext context, SetValue set, Value position, int size, Moment moment) {
    Value recipe =
        ArrayValue.of(
            new LongValue(FORMAT),
            new RecipeWriter().set(set),
            position == null ? NullValue.NULL : position,
            new LongValue(size),
            new LongValue(moment.time()),
            BooleanValue.of(moment.past()),
            maker(context));
    return new PageCursor(context.environment().seal(recipe));
  }

  private static Value[] parts(Environment environment, String text) {
    if (environment.open(text) instanceof ArrayValue array
        && array.size() == PARTS
        && array.get(0).equals(new LongValue(FORMAT))) {
      return array.values().toArray(Value[]::new);
    }
    throw Errors.invalidCursor();
  }

  private static int checkedSize(Value size) {
    return Operators.checkedPageSize(longOf(size));
  }

  private static long longOf(Value value) {
    if (value instanceof LongValue(long number)) {
      return number;
    }
    throw Errors.invalidCursor();
  }

  static long timeOf(QueryContext context) {
    return Moment.of(context).time();
  }

  /**
   * When the first page was read.
   *
   * @param time in microseconds
   * @param past whether that was the past of an {@code at} expression, which needs other rights
   */
  private record Moment(long time, boolean past) {

    static Moment of(QueryContext context) {
      return context.readTime() == QueryContext.NOW
          ? new Moment(micros(context.environment().snapshotTime()), false)
          : new Moment(context.readTime(), !context.isContinuing());
    }

    /** Reads as it was read then. */
    Value read(QueryContext context, Supplier<Value> page) {
      if (past) {
        return context.reading(time, page);
      }
      boolean now = time == micros(context.environment().snapshotTime());
      return context.continuing(now ? QueryContext.NOW : time, page);
    }
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000L);
  }
}
