package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Event sources as texts that the stream and feed endpoints take: a sealed recipe, and names that
 * can be read without opening it, which the recipe repeats so that nobody can change them. They
 * carry no rights.
 */
public final class EventSources {
  private static final long FORMAT = 3;

  private static final int PARTS = 5;

  private static final char SEPARATOR = '.';

  private EventSources() {}

  /** The text of an event source; it knows the time from which events are due. */
  public static String token(QueryContext context, EventSource source) {
    String names = names(context, source.set());
    String sealed =
        context
            .environment()
            .seal(
                ArrayValue.of(
                    new LongValue(FORMAT),
                    new RecipeWriter().set(source.set()),
                    RecipeWriter.paths(source.fields()),
                    new LongValue(PageTokens.timeOf(context)),
                    new StringValue(names)));
    return sealed + SEPARATOR + names;
  }

  /**
   * The names of collection and index, readable where the seal cannot be opened: in another
   * database the error is about them.
   */
  private static String names(QueryContext context, SetValue set) {
    String names =
        switch (set) {
          case Operators.MappedSet(SetValue source, Callback ignored) -> names(context, source);
          case Operators.FilteredSet(SetValue source, Callback ignored) -> names(context, source);
          case Operators.PagedSet(SetValue source, int ignored) -> names(context, source);
          case StoredSet stored ->
              encoded(
                  context.environment().databaseId()
                      + " "
                      + stored.collectionName(context)
                      + " "
                      + stored.indexName());
          case Sources.SingleSet(Value element) ->
              encoded(
                  context.environment().databaseId()
                      + " "
                      + context.environment().documents().reference(element).collection()
                      + " ");
          default -> "";
        };
    return names;
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Why a source whose text is in order cannot be opened here: a collection or index is missing
   * that it was made of; empty if that is not so.
   */
  public static Optional<String> missing(QueryContext context, String token) {
    String[] names = names(token).orElse(null);
    if (names == null) {
      return Optional.empty();
    }
    boolean foreign = !names[0].equals(Long.toString(context.environment().databaseId()));
    if (foreign || context.environment().globals().find(names[1]) == null) {
      return Optional.of(unbound(names));
    }
    return names[2].isEmpty()
        ? Optional.empty()
        : Optional.of("The function `" + names[2] + "` does not exist on `" + names[1] + "`");
  }

  /**
   * That the collection of a source is gone. Another one may have its name now; the source is not
   * about that one.
   */
  public static String collectionGone(String token) {
    return names(token).map(EventSources::unbound).orElse("Unbound variable");
  }

  private static String unbound(String[] names) {
    return "Unbound variable `" + names[1] + "`";
  }

  /** Opens what was sealed in a database. */
  @FunctionalInterface
  public interface Seal {
    /**
     * The value in a text.
     *
     * @throws io.refugium.fql10.runtime.QueryFailure if it was not sealed in this database
     */
    Value open(String text, long database);
  }

  /** Whether a text is that of an event source of some database, whoever asks. */
  public static boolean isToken(String text, Seal seal) {
    int end = text.indexOf(SEPARATOR);
    Optional<String[]> names = names(text);
    if (end < 0 || names.isEmpty()) {
      return false;
    }
    try {
      Value recipe = seal.open(text.substring(0, end), Long.parseLong(names.get()[0]));
      return recipe instanceof ArrayValue parts
          && parts.size() == PARTS
          && parts.get(0).equals(new LongValue(FORMAT))
          && parts.get(4).equals(new StringValue(text.substring(end + 1)));
    } catch (NumberFormatException | QueryFailure other) {
      return false;
    }
  }

  /** Database, collection and index. */
  private static Optional<String[]> names(String token) {
    try {
      String[] names =
          new String(
                  Base64.getUrlDecoder().decode(token.substring(token.indexOf(SEPARATOR) + 1)),
                  StandardCharsets.UTF_8)
              .split(" ", -1);
      return names.length == 3 ? Optional.of(names) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /**
   * The event source of a text.
   *
   * @throws io.refugium.fql10.runtime.QueryFailure {@code invalid_cursor} if the text is none
   */
  public static Opened open(QueryContext context, String token) {
    int end = token.indexOf(SEPARATOR);
    Value recipe = context.environment().open(end < 0 ? token : token.substring(0, end));
    if (recipe instanceof ArrayValue parts
        && parts.size() == PARTS
        && parts.get(0).equals(new LongValue(FORMAT))
        && parts.get(3) instanceof LongValue(long time)) {
      RecipeReader reader = new RecipeReader(context);
      return new Opened(
          new EventSource(reader.set(parts.get(1)), reader.paths(parts.get(2))),
          time,
          encoded(context, ArrayValue.of(parts.get(1), parts.get(2))));
    }
    throw Errors.invalidCursor();
  }

  private static ByteBuffer encoded(QueryContext context, Value value) {
    return ByteBuffer.wrap(ValueCodec.encode(value, context.environment().databaseId()).bytes());
  }

  /**
   * An event source read from its text.
   *
   * @param time when it was created, in microseconds
   * @param recipe equal for sources that tell the same
   */
  public record Opened(EventSource source, long time, ByteBuffer recipe) {}
}
