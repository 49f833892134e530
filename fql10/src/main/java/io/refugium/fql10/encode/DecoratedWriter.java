package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.Text;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes results as FQL-like text for people (language specification, section 9.3). */
final class DecoratedWriter {
  private static final int HEREDOC_TAGS = 10;

  private final TimeValue time;
  private final StringBuilder out = new StringBuilder();
  private int indent;

  DecoratedWriter(TimeValue time) {
    this.time = time;
  }

  String text(Result result) {
    write(result);
    return out.toString();
  }

  private void write(Result result) {
    switch (result) {
      case Result.Scalar(Value value) -> scalar(value);
      case Result.Null() -> out.append("null");
      case Result.Array(List<Result> elements) -> array(elements);
      case Result.Struct(List<Map.Entry<String, Result>> fields) -> object(fields);
      case Result.LiveDocument(List<Map.Entry<String, Result>> fields) -> object(fields);
      case Result.NestedReference(Documents.Reference document) -> reference(document);
      case Result.MissingDocument(Documents.Reference document, String cause) -> {
        reference(document);
        out.append(" /* ").append(cause).append(" */");
      }
      case Result.ModuleName module -> out.append(module.name());
      case Result.PageOfSet(List<Result> data, String after) -> page(data, after);
      case Result.SetToken(String token) -> out.append(Text.quote(token));
      case Result.EventSourceToken(String token) -> out.append(Text.quote(token));
      case Result.CursorText(String text) -> out.append(Text.quote(text));
      case Result.FunctionText(String described) ->
          out.append(Text.quote(described.replace("()]", "]")));
    }
  }

  private void scalar(Value value) {
    switch (value) {
      case LongValue(long number) -> out.append(number);
      case NarrowLong(long number) -> out.append(number);
      case DoubleValue(double number) -> out.append(number(number));
      case StringValue(String text) -> string(text);
      case BooleanValue truth -> out.append(truth.value());
      case BytesValue(byte[] bytes) -> call("Bytes", Base64.getEncoder().encodeToString(bytes));
      case TimeValue point -> call("Time", TimeText.format(point.value()));
      case TransactionTime ignored -> call("Time", TimeText.format(time.value()));
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
    out.append(name).append("(\"").append(argument).append("\")");
  }

  private void string(String text) {
    String tag = text.indexOf('\n') < 0 ? null : tag(text);
    if (tag == null) {
      out.append(Text.quote(text));
      return;
    }
    out.append("<<-").append(tag);
    indent++;
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      newLine();
      out.append(line);
    }
    indent--;
    newLine();
    out.append(tag);
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

  private void array(List<Result> elements) {
    if (elements.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    indent++;
    for (int i = 0; i < elements.size(); i++) {
      out.append(i == 0 ? "" : ",");
      newLine();
      write(elements.get(i));
    }
    indent--;
    newLine();
    out.append(']');
  }

  private void object(List<Map.Entry<String, Result>> fields) {
    if (fields.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    indent++;
    for (int i = 0; i < fields.size(); i++) {
      out.append(i == 0 ? "" : ",");
      newLine();
      out.append(Text.key(fields.get(i).getKey())).append(": ");
      write(fields.get(i).getValue());
    }
    indent--;
    newLine();
    out.append('}');
  }

  private void reference(Documents.Reference document) {
    out.append(document.collection())
        .append(document.named() ? ".byName(" : "(")
        .append(Text.quote(document.key()))
        .append(')');
  }

  private void page(List<Result> data, String after) {
    List<Map.Entry<String, Result>> fields = new ArrayList<>();
    fields.add(Map.entry("data", new Result.Array(data)));
    if (after != null) {
      fields.add(Map.entry("after", new Result.CursorText(after)));
    }
    object(fields);
  }

  private void newLine() {
    out.append('\n').append("  ".repeat(indent));
  }
}
