package io.refugium.fsl.parse;

import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Parser;
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
  private Span variadicSpan;

  /** The type of the first parameter if it has one, else its name; both null before it. */
  private Span firstType;

  private Span firstUntyped;
  private boolean complete = true;

  FunctionParser(Reader reader) {
    this.reader = reader;
  }

  /** The item, whose keyword the cursor stands behind; empty after an error. */
  Optional<FunctionItem> item(int start, Span keyword, Optional<Name> alias, Optional<Name> role) {
    Optional<Name> name = reader.requiredName(keyword);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    reader.cursor.skipBlanks();
    int parameters = reader.cursor.position();
    parameters();
    int end = reader.cursor.position();
    Span close = reader.cursor.source().span(end - 1, end);
    reader.cursor.skipBlanks();
    Optional<TypeExpression> result = Optional.empty();
    if (reader.cursor.take(':')) {
      reader.cursor.skipNewlines();
      result = Optional.of(type());
      end = reader.cursor.position();
    }
    Span signature = reader.cursor.source().span(parameters, end);
    reader.cursor.skipNewlines();
    if (reader.cursor.peek() != '{') {
      reader.cursor.moveTo(end);
      reader.report(FslErrors.of("Expected a function definition", signature));
      return Optional.empty();
    }
    Expression body = reader.expressions.block();
    Parser.checkHeight(body, reader.cursor);
    checkTypes(close, result);
    Expression.Lambda lambda =
        new Expression.Lambda(
            reader.cursor.source().span(parameters, reader.cursor.position()), names, rest, body);
    return Optional.of(
        new FunctionItem(
            reader.from(start), name.get(), alias, role, lambda, signature(signature, result)));
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
    int start = reader.cursor.position();
    boolean variadic = reader.cursor.take("...");
    Name name = reader.cursor.identifier();
    if (variadicSpan != null) {
      reader.report(FslErrors.of("Variadic argument must be the last argument.", variadicSpan));
    }
    variadicSpan = variadic ? reader.from(start) : null;
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    Optional<TypeExpression> type = Optional.empty();
    if (reader.cursor.take(':')) {
      reader.cursor.skipNewlines();
      type = Optional.of(type());
    } else {
      reader.cursor.moveTo(end);
    }
    checkType(name, type.map(TypeExpression::span));
    Optional<TypeExpression.Function.Parameter> parameter =
        type.map(found -> new TypeExpression.Function.Parameter(Optional.of(name), found));
    if (variadic) {
      rest = Optional.of(name);
      restType = parameter;
    } else {
      names.add(name);
      parameter.ifPresent(types::add);
    }
  }

  /** The first parameter says whether all have types or none has. */
  private void checkType(Name name, Optional<Span> type) {
    if (firstType == null && firstUntyped == null) {
      firstType = type.orElse(null);
      firstUntyped = type.isPresent() ? null : name.span();
    } else if (firstType != null && type.isEmpty()) {
      reader.report(FslErrors.typesExpected(name.span(), firstType));
    } else if (firstType == null && type.isPresent()) {
      reader.report(FslErrors.typesNotExpected(type.get(), firstUntyped));
    }
    complete &= type.isPresent();
  }

  private TypeExpression type() {
    TypeExpression type = reader.type();
    TypeDefaults.checkForbidden(type).forEach(reader::report);
    return type;
  }

  private void checkTypes(Span close, Optional<TypeExpression> result) {
    if (firstType != null && result.isEmpty()) {
      reader.report(FslErrors.resultTypeExpected(close, firstType));
    } else if (firstUntyped != null && result.isPresent()) {
      reader.report(FslErrors.resultTypeNotExpected(result.get().span(), firstUntyped));
    }
  }

  private Optional<TypeExpression> signature(Span span, Optional<TypeExpression> result) {
    return complete
        ? result.map(type -> new TypeExpression.Function(span, types, restType, type))
        : Optional.empty();
  }
}
