package io.refugium.fql10.types;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Statement;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type of every kind of expression (language specification, section 8.5). Reports errors and
 * goes on with {@code Any}, so that one mistake is reported once.
 */
final class Expressions {
  private static final Type INSTANT = Unions.of(Type.TIME, Type.named("TransactionTime"));

  private final TypeEnvironment environment;
  private final Bindings bindings;
  private final Reports reports;
  private final Subtyping subtyping;
  private final Functions functions;
  private final Operations operations;
  private final ChainTypes chains;
  private final Projections projections;
  private final Budget budget;

  Expressions(
      TypeEnvironment environment,
      Bindings bindings,
      Reports reports,
      Definitions definitions,
      Selections selections,
      Subtyping subtyping,
      Functions functions,
      Budget budget) {
    this.environment = environment;
    this.bindings = bindings;
    this.reports = reports;
    this.subtyping = subtyping;
    this.functions = functions;
    this.budget = budget;
    Calls calls = new Calls(definitions, reports, subtyping, functions);
    this.operations = new Operations(reports, subtyping, functions);
    this.chains =
        new ChainTypes(
            this,
            definitions,
            selections,
            calls,
            new Accesses(definitions, reports, subtyping, selections, calls));
    this.projections = new Projections(definitions, reports, functions, this);
  }

  /** The type of an expression. */
  Type typeOf(Expression expression, Scope scope) {
    if (!budget.enter(1)) {
      return Type.ANY;
    }
    try {
      return dispatch(expression, scope);
    } finally {
      budget.leave(1);
    }
  }

  private Type dispatch(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.NullLiteral(Span span) -> Type.NULL.at(span);
      case Expression.BooleanLiteral(Span span, boolean value) -> Type.bool(value).at(span);
      case Expression.IntLiteral(Span span, int value) -> Type.number(value).at(span);
      case Expression.LongLiteral(Span span, long value) -> Type.number(value).at(span);
      case Expression.DoubleLiteral(Span span, _, BigDecimal exact) ->
          Type.number(exact, "Double").at(span);
      case Expression.StringLiteral(Span span, String value) -> Type.string(value).at(span);
      case Expression.Interpolation string -> interpolation(string, scope);
      case Expression.TemplateValue(Span span, int index) -> bindings.templateValue(index).at(span);
      case Expression.Variable variable -> variable(variable, scope);
      case Expression.Receiver _ -> scope.find(Scope.RECEIVER).orElse(Type.ANY);
      case Expression.ArrayLiteral(Span span, List<Expression> elements) ->
          Type.tuple(typesOf(elements, scope)).at(span);
      case Expression.ObjectLiteral object -> object(object, scope);
      case Expression.Parenthesized(Span span, Expression inner) ->
          parenthesized(typeOf(inner, scope), span);
      case Expression.Block block -> block(block, scope);
      case Expression.If conditional -> conditional(conditional, scope);
      case Expression.At at -> at(at, scope);
      case Expression.Lambda _, Expression.ShortLambda _ -> functions.closure(expression, scope);
      case Expression.Unary unary -> operations.unary(unary, typeOf(unary.operand(), scope));
      case Expression.Binary binary -> binary(binary, scope);
      case Expression.Chain chain -> chains.typeOf(chain, scope);
      case Expression.Projection projection ->
          projections.project(projection, typeOf(projection.projected(), scope), scope);
    };
  }

  List<Type> typesOf(List<Expression> expressions, Scope scope) {
    List<Type> types = new ArrayList<>(expressions.size());
    expressions.forEach(expression -> types.add(typeOf(expression, scope)));
    return types;
  }

  private Type interpolation(Expression.Interpolation string, Scope scope) {
    for (Expression.Interpolation.Part part : string.parts()) {
      if (part instanceof Expression.Interpolation.Part.Embedded embedded) {
        typeOf(embedded.expression(), scope);
      }
    }
    return Type.STRING.at(string.span());
  }

  private Type variable(Expression.Variable variable, Scope scope) {
    String name = variable.name();
    Optional<Type> known =
        scope.find(name).or(() -> bindings.argument(name)).or(() -> environment.global(name));
    if (known.isEmpty()) {
      reports.add(TypeErrors.unbound(name, variable.span()));
    }
    return known.orElse(Type.ANY);
  }

  private Type object(Expression.ObjectLiteral object, Scope scope) {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (Expression.ObjectLiteral.Field field : object.fields()) {
      fields.put(field.key().text(), typeOf(field.value(), scope));
    }
    return Type.struct(fields).at(object.span());
  }

  /** Parentheses are where a literal in them stems from; functions and unions keep their own. */
  private static Type parenthesized(Type type, Span span) {
    return switch (type.form()) {
      case Closure _, Type.Union _ -> type;
      default -> type.origin() == null ? type : type.at(span);
    };
  }

  private Type block(Expression.Block block, Scope scope) {
    Scope inner = scope;
    for (Statement statement : block.statements()) {
      switch (statement) {
        case Statement.Let let -> inner = inner.with(let.name().text(), let(let, inner));
        case Statement.Evaluate(Expression expression) -> typeOf(expression, inner);
      }
    }
    return typeOf(block.result(), inner);
  }

  private Type let(Statement.Let let, Scope scope) {
    Type value = typeOf(let.value(), scope);
    if (let.type().isEmpty()) {
      return value;
    }
    Type annotated = new TypeReader(environment, reports::add).read(let.type().get());
    reports.mismatch(let.name().span(), value, annotated, subtyping.check(value, annotated));
    return annotated;
  }

  private Type conditional(Expression.If conditional, Scope scope) {
    require(conditional.condition(), Type.BOOLEAN, scope);
    Type consequent = typeOf(conditional.consequent(), scope);
    return conditional
        .alternative()
        .map(alternative -> Unions.of(consequent, typeOf(alternative, scope)))
        .orElseGet(() -> Type.NULL.at(conditional.span()));
  }

  private Type at(Expression.At at, Scope scope) {
    require(at.time(), INSTANT, scope);
    return typeOf(at.body(), scope);
  }

  /** Checks an expression and that it fits {@code expected}. */
  private void require(Expression expression, Type expected, Scope scope) {
    Type actual = typeOf(expression, scope);
    reports.mismatch(expression.span(), actual, expected, subtyping.check(actual, expected));
  }

  /** Operators chained to the left are taken one after the other, however many there are. */
  private Type binary(Expression.Binary root, Scope scope) {
    Deque<Expression.Binary> spine = new ArrayDeque<>();
    Expression leftmost = root;
    while (leftmost instanceof Expression.Binary binary) {
      spine.push(binary);
      leftmost = binary.left();
    }
    Type left = typeOf(leftmost, scope);
    while (!spine.isEmpty()) {
      Expression.Binary binary = spine.pop();
      left =
          operations.isUnresolved(binary.operator())
              ? Type.BOOLEAN
              : operations.binary(binary, left, typeOf(binary.right(), scope));
    }
    return left;
  }
}
