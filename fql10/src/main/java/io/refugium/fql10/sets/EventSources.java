package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;

/** Event sources as texts that the stream and feed endpoints take. They carry no rights. */
public final class EventSources {
  private static final long FORMAT = 2;

  private EventSources() {}

  /** The text of an event source; it knows the time from which events are due. */
  public static String token(QueryContext context, EventSource source) {
    return context
        .environment()
        .seal(
            ArrayValue.of(
                new LongValue(FORMAT),
                new RecipeWriter().set(source.set()),
                RecipeWriter.paths(source.fields()),
                new LongValue(PageTokens.timeOf(context))));
  }

  /**
   * The event source of a text.
   *
   * @throws io.refugium.fql10.runtime.QueryFailure {@code invalid_cursor} if the text is none
   */
  public static Opened open(QueryContext context, String token) {
    Value recipe = context.environment().open(token);
    if (recipe instanceof ArrayValue parts
        && parts.size() == 4
        && parts.get(0).equals(new LongValue(FORMAT))
        && parts.get(3) instanceof LongValue(long time)) {
      RecipeReader reader = new RecipeReader(context);
      return new Opened(
          new EventSource(reader.set(parts.get(1)), reader.paths(parts.get(2))), time);
    }
    throw Errors.invalidCursor();
  }

  /**
   * An event source read from its text.
   *
   * @param time when it was created, in microseconds
   */
  public record Opened(EventSource source, long time) {}
}
