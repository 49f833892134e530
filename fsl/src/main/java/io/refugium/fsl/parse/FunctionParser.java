package io.refugium.fsl.parse;

import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeDefaults;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code function name(a: A, ...b: B): R { body }}. One for each item. */
final class FunctionParser {
  private final Reader reader;
  private final List<Name> names = new ArrayList<>();
  private final List<TypeExpression.Function.Parameter> types = new ArrayList<>();
  private Optional<Name> rest = Optional.empty();
  private Optional<TypeExpression.Function.Parameter> restType = Optional.empty();
  private Span typed;
  private Span untyped;

  FunctionParser(Reader reader) {
    this.reader = reader;
  }

  FunctionItem item(int start, Optional<Name> alias, Optional<Name> role) {
    reader.cursor.skipNewlines();
    Name name = reader.name();
    reader.cursor.skipBlanks();
    int parameters = reader.cursor.position();
    parameters();
    Span list = reader.from(parameters);
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    Optional<TypeExpression> result = Optional.empty();
    if (reader.cursor.take(':')) {
      reader.cursor.skipNewlines();
      result = Optional.of(type());
      end = reader.cursor.position();
    }
    Span signature = reader.cursor.source().span(parameters, end);
    checkTypes(list, result);
    reader.cursor.skipNewlines();
    if (reader.cursor.peek() != '{') {
      throw reader.cursor.expected("`{`");
    }
    Expression body = reader.expressions.block();
    Expression.Lambda lambda =
        new Expression.Lambda(
            reader.cursor.source().span(parameters, reader.cursor.position()), names, rest, body);
    return new FunctionItem(
        reader.from(start), name, alias, role, lambda, signature(signature, result));
  }

  private void parameters() {
    reader.require("(");
    reader.cursor.skipNewlines();
    while (!reader.cursor.take(')')) {
      parameter();
      reader.cursor.skipNewlines();
      if (!reader.cursor.take(',') && reader.cursor.peek() != ')') {
        throw names.size() == types.size()
            ? reader.cursor.expected("`)`", "`,`")
            : reader.cursor.expected("`)`", "`,`", "a type annotation");
      }
      reader.cursor.skipNewlines();
    }
  }

  private void parameter() {
    boolean variadic = reader.cursor.take("...");
    Name name = reader.cursor.identifier();
    if (rest.isPresent()) {
      reader.report(
          FslErrors.of("Variadic argument must be the last argument.", rest.orElseThrow().span()));
    }
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    Optional<TypeExpression> type = Optional.empty();
    if (reader.cursor.take(':')) {
      reader.cursor.skipNewlines();
      type = Optional.of(type());
      typed = typed == null ? type.orElseThrow().span() : typed;
    } else {
      reader.cursor.moveTo(end);
      untyped = untyped == null ? name.span() : untyped;
    }
    if (variadic) {
      rest = Optional.of(name);
      restType = type.map(found -> new TypeExpression.Function.Parameter(Optional.of(name), found));
    } else {
      names.add(name);
      type.ifPresent(
          found -> types.add(new TypeExpression.Function.Parameter(Optional.of(name), found)));
    }
  }

  private TypeExpression type() {
    TypeExpression type = reader.type();
    TypeDefaults.checkForbidden(type).forEach(reader::report);
    return type;
  }

  private void checkTypes(Span list, Optional<TypeExpression> result) {
    if (typed != null && untyped != null) {
      reader.report(
          typed.start() < untyped.start()
              ? FslErrors.typesExpected(untyped, typed)
              : FslErrors.typesNotExpected(typed, untyped));
    } else if (typed != null && result.isEmpty()) {
      reader.report(FslErrors.of("Return type is required when arguments have a type", list));
    } else if (untyped != null && result.isPresent()) {
      reader.report(
          FslErrors.of(
              "Return type is not allowed when arguments do not have a type",
              result.orElseThrow().span()));
    }
  }

  private Optional<TypeExpression> signature(Span span, Optional<TypeExpression> result) {
    boolean complete = untyped == null && result.isPresent();
    return complete
        ? Optional.of(new TypeExpression.Function(span, types, restType, result.orElseThrow()))
        : Optional.empty();
  }
}
