package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.Ordering;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.Text;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.StringJoiner;

/** The functions that belong to no module (library specification, section 3). */
final class GlobalFunctions {
  /** What they are bound to as values. */
  static final Module OWNER = Module.library("FQL", Members.NONE, (context, value) -> false);

  static final Members MEMBERS =
      Members.builder()
          .method(
              "abort(return: Any) => Never",
              "Fails the query with a value and undoes its writes.",
              (c, s, a) -> {
                throw QueryFailure.abort(a[0]);
              })
          .method(
              "asc(accessor: A => Any) => { asc: A => Any }",
              "A key that order sorts upwards.",
              (c, s, a) -> ObjectValue.of(Ordering.ASCENDING, a[0]))
          .method(
              "desc(accessor: A => Any) => { desc: A => Any }",
              "A key that order sorts downwards.",
              (c, s, a) -> ObjectValue.of(Ordering.DESCENDING, a[0]))
          .method(
              "dbg(value: A) => A",
              "Shows a value in the summary and returns it.",
              (c, s, a) -> {
                String text = Text.debug(c.context(), a[0]);
                c.context().allocate(2L * text.length());
                c.context().log().excerpt(c.span(), text);
                return a[0];
              })
          .method(
              "log(...args: Any) => Null",
              "Shows values in the summary.",
              (c, s, a) -> {
                c.context().log().line(c.span(), joined(c.context(), a));
                return Null.of(NullCause.LITERAL);
              })
          .method(
              Effect.OBSERVATION,
              "newId() => ID",
              "A new document id.",
              (c, s, a) -> new IdValue(c.context().environment().newId()))
          .build();

  private GlobalFunctions() {}

  private static String joined(QueryContext context, Value[] values) {
    StringJoiner line = new StringJoiner(" ");
    for (Value value : values) {
      String text = Text.display(context, value);
      context.allocate(2L * text.length());
      line.add(text);
    }
    return line.toString();
  }
}
