package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recursive descent for type expressions (language specification, section 8.2). Shares its cursor
 * with other parsers, see {@link ExpressionParser}.
 */
public final class TypeParser {
  private final TextCursor cursor;
  private final ExpressionParser expressions;
  private final ObjectTypeParser objects;

  /**
   * @param expressions parses keys, and default values where a schema has them
   */
  public TypeParser(TextCursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.objects = new ObjectTypeParser(cursor, expressions, this);
  }

  /** A type that is the whole text. */
  TypeExpression topType() {
    cursor.skipNewlines();
    TypeExpression type = type();
    cursor.skipNewlines();
    if (!cursor.atEnd()) {
      throw cursor.expected("end-of-input");
    }
    return type;
  }

  /** A type. */
  public TypeExpression type() {
    cursor.enter();
    TypeExpression parsed = arrow();
    cursor.leave();
    return parsed;
  }

  private TypeExpression arrow() {
    int start = cursor.position();
    if (cursor.peek() == '(') {
      Parameters parameters = parameters();
      if (atArrow()) {
        return function(start, parameters.types(), parameters.rest());
      }
      return afterAtom(start, tuple(start, parameters));
    }
    return afterAtom(start, atom());
  }

  /** Continues with the operators behind the first atom. */
  private TypeExpression afterAtom(int start, TypeExpression atom) {
    TypeExpression left = union(atom);
    if (!atArrow()) {
      return left;
    }
    return function(
        start, List.of(new TypeExpression.Function.Parameter(Optional.empty(), left)), null);
  }

  private boolean atArrow() {
    int end = cursor.position();
    cursor.skipBlanks();
    if (cursor.looksAt("=>")) {
      return true;
    }
    cursor.moveTo(end);
    return false;
  }

  private TypeExpression function(
      int start,
      List<TypeExpression.Function.Parameter> parameters,
      TypeExpression.Function.Parameter rest) {
    cursor.advance(2);
    cursor.skipNewlines();
    TypeExpression result = type();
    return new TypeExpression.Function(
        cursor.from(start), parameters, Optional.ofNullable(rest), result);
  }

  private TypeExpression union(TypeExpression atom) {
    List<TypeExpression> members = new ArrayList<>();
    members.add(intersection(atom));
    while (takeOperator('|')) {
      members.add(intersection(atom()));
    }
    return members.size() == 1
        ? members.getFirst()
        : new TypeExpression.Union(spanOf(members), members);
  }

  private TypeExpression intersection(TypeExpression atom) {
    List<TypeExpression> members = new ArrayList<>();
    members.add(nullable(atom));
    while (takeOperator('&')) {
      members.add(nullable(atom()));
    }
    return members.size() == 1
        ? members.getFirst()
        : new TypeExpression.Intersection(spanOf(members), members);
  }

  private static Span spanOf(List<TypeExpression> members) {
    return members.getFirst().span().to(members.getLast().span());
  }

  private boolean takeOperator(char operator) {
    int end = cursor.position();
    cursor.skipBlanks();
    if (cursor.take(operator)) {
      cursor.skipNewlines();
      return true;
    }
    cursor.moveTo(end);
    return false;
  }

  private TypeExpression nullable(TypeExpression atom) {
    TypeExpression type = atom;
    int marks = 0;
    while (cursor.take('?')) {
      cursor.enter();
      marks++;
      type = new TypeExpression.Nullable(cursor.from(atom.span().start()), type);
    }
    for (int i = 0; i < marks; i++) {
      cursor.leave();
    }
    return type;
  }

  // --- atoms ----------------------------------------------------------------------------------

  private TypeExpression atom() {
    int start = cursor.position();
    char c = cursor.peek();
    if (c == '{') {
      return objects.object();
    }
    if (c == '(') {
      return tuple(start, parameters());
    }
    if (c == '[') {
      cursor.advance(1);
      List<TypeExpression> elements = list(']', "`]`");
      return new TypeExpression.Tuple(cursor.from(start), elements);
    }
    if (c == '"' || c == '\'') {
      return string();
    }
    if (Keywords.isDigit(c) || (c == '-' && Keywords.isDigit(cursor.peek(1)))) {
      return integer(start);
    }
    if (cursor.atIdentifier()) {
      return named(start);
    }
    throw cursor.expected("type");
  }

  private TypeExpression string() {
    Expression.StringLiteral literal = expressions.strings().readLiteral();
    return new TypeExpression.StringValue(literal.span(), literal.value());
  }

  private TypeExpression integer(int start) {
    cursor.advance(1);
    while (Keywords.isDigit(cursor.peek()) || cursor.peek() == '_') {
      cursor.advance(1);
    }
    Span span = cursor.from(start);
    if (span.length() > SyntaxLimits.MAX_NUMBER_LENGTH) {
      throw new SyntaxException(SyntaxErrors.numberTooLong(span));
    }
    BigInteger value = new BigInteger(span.text().replace("_", ""));
    if (value.bitLength() >= Long.SIZE) {
      throw new SyntaxException(SyntaxErrors.expected(span, "type"));
    }
    return new TypeExpression.IntegerValue(span, value.longValueExact());
  }

  private TypeExpression named(int start) {
    if (cursor.takeWord("true")) {
      return new TypeExpression.BooleanValue(cursor.from(start), true);
    }
    if (cursor.takeWord("false")) {
      return new TypeExpression.BooleanValue(cursor.from(start), false);
    }
    cursor.word();
    while (cursor.peek() == '.' && Keywords.startsIdentifier(cursor.peek(1))) {
      cursor.advance(1);
      cursor.word();
    }
    Name name = new Name(cursor.from(start), cursor.slice(start));
    List<TypeExpression> arguments = List.of();
    if (cursor.take('<')) {
      arguments = list('>', "`>`");
      if (arguments.isEmpty()) {
        throw cursor.expected("type");
      }
    }
    return new TypeExpression.Named(cursor.from(start), name, arguments);
  }

  /** Types separated by commas up to {@code closing}; the cursor stands behind the opening one. */
  private List<TypeExpression> list(char closing, String close) {
    List<TypeExpression> elements = new ArrayList<>();
    cursor.skipNewlines();
    while (!cursor.take(closing)) {
      elements.add(type());
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != closing) {
        throw cursor.expected("`,`", close);
      }
    }
    return elements;
  }

  // --- parameters -----------------------------------------------------------------------------

  /** A parenthesized list, which is a tuple unless an arrow follows. */
  private record Parameters(
      List<TypeExpression.Function.Parameter> types,
      TypeExpression.Function.Parameter rest,
      Span restSpan) {}

  private Parameters parameters() {
    cursor.advance(1);
    List<TypeExpression.Function.Parameter> types = new ArrayList<>();
    TypeExpression.Function.Parameter rest = null;
    Span restSpan = null;
    cursor.skipNewlines();
    while (!cursor.take(')')) {
      int start = cursor.position();
      Optional<Name> name = parameterName();
      if (rest == null && cursor.take("...")) {
        cursor.skipNewlines();
        rest = new TypeExpression.Function.Parameter(name, type());
        restSpan = cursor.from(start);
      } else if (rest == null) {
        types.add(new TypeExpression.Function.Parameter(name, type()));
      } else {
        throw cursor.expected("`)`");
      }
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != ')') {
        throw cursor.expected("`)`", "`,`");
      }
    }
    return new Parameters(types, rest, restSpan);
  }

  private Optional<Name> parameterName() {
    if (!cursor.atIdentifier()) {
      return Optional.empty();
    }
    int start = cursor.position();
    Name word = cursor.word();
    cursor.skipBlanks();
    if (cursor.take(':')) {
      cursor.skipNewlines();
      return Optional.of(word);
    }
    cursor.moveTo(start);
    return Optional.empty();
  }

  private TypeExpression tuple(int start, Parameters parameters) {
    if (parameters.rest() != null) {
      throw new SyntaxException(SyntaxErrors.variadicNonParameter(parameters.restSpan()));
    }
    for (TypeExpression.Function.Parameter parameter : parameters.types()) {
      if (parameter.name().isPresent()) {
        throw new SyntaxException(SyntaxErrors.namedNonParameter(parameter.name().get().span()));
      }
    }
    List<TypeExpression> elements =
        parameters.types().stream().map(TypeExpression.Function.Parameter::type).toList();
    return elements.size() == 1
        ? elements.getFirst()
        : new TypeExpression.Tuple(cursor.from(start), elements);
  }
}
