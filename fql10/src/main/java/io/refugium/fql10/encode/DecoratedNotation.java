package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.Text;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.JsonBuffer;
import io.refugium.model.LongValue;
import io.refugium.model.StoredWalk;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.Base64;

/**
 * Results as FQL-like text for people (language specification, section 9.3), all of it one string
 * of JSON.
 */
final class DecoratedNotation extends Notation {
  private static final int HEREDOC_TAGS = 10;

  private int indent;

  DecoratedNotation(JsonBuffer out) {
    super(out);
  }

  @Override
  void begin() {
    out.raw('"');
  }

  @Override
  void end() {
    out.raw('"');
  }

  @Override
  void openArray() {
    open('[');
  }

  @Override
  void next(boolean first) {
    if (!first) {
      out.raw(',');
    }
    newLine();
  }

  @Override
  void closeArray(boolean empty) {
    close(empty, ']');
  }

  @Override
  void openObject(Shape shape) {
    open('{');
  }

  @Override
  void name(String name) {
    out.inside(Text.key(name)).raw(": ");
  }

  @Override
  void name(byte[] utf8, int offset, int length) {
    name(StoredWalk.decode(utf8, offset, length));
  }

  @Override
  void closeObject(Shape shape, boolean empty) {
    close(empty, '}');
  }

  private void open(char bracket) {
    out.raw(bracket);
    indent++;
  }

  private void close(boolean empty, char bracket) {
    indent--;
    if (!empty) {
      newLine();
    }
    out.raw(bracket);
  }

  @Override
  void none() {
    out.raw("null");
  }

  @Override
  void integer(long number) {
    out.number(number);
  }

  @Override
  void string(byte[] utf8, int offset, int length) {
    string(StoredWalk.decode(utf8, offset, length));
  }

  @Override
  void scalar(Value value) {
    switch (value) {
      case LongValue(long number) -> out.number(number);
      case NarrowLong(long number) -> out.number(number);
      case DoubleValue(double number) -> out.raw(number(number));
      case StringValue(String text) -> string(text);
      case BooleanValue truth -> out.raw(truth.value() ? "true" : "false");
      case BytesValue(byte[] bytes) -> call("Bytes", Base64.getEncoder().encodeToString(bytes));
      case TimeValue point -> call("Time", TimeText.format(point.value()));
      case TransactionTime ignored -> out.inside("Time(\"").transactionTime().inside("\")");
      case DateValue date -> call("Date", TimeText.format(date.value()));
      case UuidValue uuid -> call("UUID", uuid.value().toString());
      default -> throw new IllegalStateException("not a scalar: " + value.getClass());
    }
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "Math.NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Math.Infinity" : "-Math.Infinity";
    }
    return Double.toString(number);
  }

  private void call(String name, String argument) {
    out.raw(name).inside("(\"").raw(argument).inside("\")");
  }

  @Override
  void string(String text) {
    String tag = text.indexOf('\n') < 0 ? null : tag(text);
    if (tag == null) {
      quoted(text);
      return;
    }
    out.raw("<<-").raw(tag);
    indent++;
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      newLine();
      out.inside(line);
    }
    indent--;
    newLine();
    out.raw(tag);
  }

  private static String tag(String text) {
    if (!text.contains("END")) {
      return "END";
    }
    for (int i = 0; i < HEREDOC_TAGS; i++) {
      if (!text.contains("END" + i)) {
        return "END" + i;
      }
    }
    return null;
  }

  private void quoted(String text) {
    out.inside(Text.quote(text));
  }

  @Override
  void module(Module module) {
    out.inside(module.name());
  }

  @Override
  void reference(Documents.Reference document) {
    out.inside(document.collection()).raw(document.named() ? ".byName(" : "(");
    quoted(document.key());
    out.raw(')');
  }

  @Override
  void missing(Documents.Reference document, String cause) {
    reference(document);
    out.raw(" /* ").inside(cause).raw(" */");
  }

  @Override
  void set(String token) {
    quoted(token);
  }

  @Override
  void eventSource(String token) {
    quoted(token);
  }

  @Override
  void cursor(String text) {
    quoted(text);
  }

  @Override
  void function(String described) {
    quoted(described.replace("()]", "]"));
  }

  private void newLine() {
    out.inside("\n");
    for (int i = 0; i < indent; i++) {
      out.raw("  ");
    }
  }
}
