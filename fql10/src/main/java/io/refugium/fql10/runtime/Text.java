package io.refugium.fql10.runtime;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Renders values as text (language specification, section 7.4): the display form is for people, the
 * debug form is what stands inside containers.
 */
public final class Text {
  private final QueryContext context;
  private final StringBuilder out = new StringBuilder();
  private boolean insideDocument;

  private Text(QueryContext context) {
    this.context = context;
  }

  /**
   * The display form.
   *
   * @throws QueryFailure {@code value_too_large} if the text would be too long
   */
  public static String display(QueryContext context, Value value) {
    return switch (value) {
      case StringValue(String text) -> text;
      case DoubleValue(double number) -> Numbers.display(number);
      case IdValue(long id) -> Long.toString(id);
      case BytesValue(byte[] bytes) -> Base64.getEncoder().encodeToString(bytes);
      case TimeValue time -> TimeText.format(time.value());
      case DateValue date -> TimeText.format(date.value());
      case UuidValue uuid -> uuid.value().toString();
      case TransactionTime ignored -> "[transaction time]";
      case PageCursor cursor -> cursor.text();
      default -> debug(context, value);
    };
  }

  /** The debug form. */
  public static String debug(QueryContext context, Value value) {
    Text text = new Text(context);
    text.append(value);
    return text.out.toString();
  }

  /** A string in double quotes with escapes. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String escape = escape(c);
      if (escape == null) {
        quoted.append(c);
      } else {
        quoted.append('\\').append(escape);
      }
    }
    return quoted.append('"').toString();
  }

  /** A key of an object, quoted unless it is a plain word that starts with a letter. */
  public static String key(String name) {
    return isPlain(name) ? name : quote(name);
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String escape(char c) {
    return switch (c) {
      case '\\', '\'', '"', '`', '#' -> String.valueOf(c);
      case '\0' -> "0";
      case '\n' -> "n";
      case '\r' -> "r";
      case '\t' -> "t";
      case '\u000b' -> "v";
      case '\b' -> "b";
      case '\f' -> "f";
      default -> null;
    };
  }

  private void append(Value value) {
    switch (value) {
      case LongValue(long number) -> out.append(number);
      case StringValue(String text) -> out.append(quote(text));
      case BooleanValue truth -> out.append(truth.value());
      case NullValue ignored -> out.append("null");
      case DoubleValue(double number) -> out.append(number);
      case TimeValue time -> appendCall("Time", TimeText.format(time.value()));
      case DateValue date -> appendCall("Date", TimeText.format(date.value()));
      case UuidValue uuid -> appendCall("UUID", uuid.value().toString());
      case BytesValue(byte[] bytes) ->
          appendCall("Bytes", Base64.getEncoder().encodeToString(bytes));
      case TransactionTime ignored -> out.append("TransactionTime()");
      case ArrayValue(List<Value> elements) -> appendArray(elements);
      case ObjectValue fields -> appendObject(fields);
      case Ref document -> appendDocument(document);
      case LambdaValue ignored -> out.append("[function <lambda>]");
      case QueryValue own -> appendOwn(own);
      case RuntimeValue foreign ->
          throw new IllegalArgumentException("not a value of this language: " + foreign.getClass());
    }
    if (out.length() > Limits.MAX_STRING_LENGTH) {
      throw Errors.stringTooLong(out.length());
    }
  }

  private void appendOwn(QueryValue value) {
    switch (value) {
      case Null ignored -> out.append("null");
      case IdValue(long id) -> appendCall("ID", Long.toString(id));
      case NarrowLong(long number) -> out.append(number);
      case FunctionValue function -> out.append(function.describe());
      case Module module -> out.append(module.name());
      case SetValue ignored -> out.append("[set]");
      case PageCursor cursor -> out.append(quote(cursor.text()));
      case EventSource ignored -> out.append("[event source]");
      case DocumentValue document -> appendDocument(document);
    }
  }

  private void appendCall(String name, String argument) {
    out.append(name).append("(\"").append(argument).append("\")");
  }

  private void appendArray(List<Value> elements) {
    out.append('[');
    for (int i = 0; i < elements.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      append(elements.get(i));
    }
    out.append(']');
  }

  private void appendObject(Iterable<Map.Entry<String, Value>> fields) {
    String separator = "{ ";
    for (Map.Entry<String, Value> field : fields) {
      out.append(separator).append(key(field.getKey())).append(": ");
      append(field.getValue());
      separator = ", ";
    }
    out.append(separator.equals("{ ") ? "{}" : " }");
  }

  private void appendDocument(Value document) {
    Documents documents = context.environment().documents();
    if (insideDocument) {
      out.append(documents.describeReference(document));
      return;
    }
    insideDocument = true;
    int start = out.length();
    try {
      context.require(Effect.READ, "Reading a document");
      if (documents.missing(context, document) != null) {
        out.append("null");
      } else {
        appendObject(documents.fields(context, document).all());
      }
    } catch (QueryFailure failure) {
      out.setLength(start);
      out.append("[error: ").append(failure.getMessage()).append(']');
    } finally {
      insideDocument = false;
    }
  }
}
