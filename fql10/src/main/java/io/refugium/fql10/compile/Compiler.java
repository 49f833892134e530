package io.refugium.fql10.compile;

import io.refugium.fql10.resolve.Binding;
import io.refugium.fql10.resolve.FrameLayout;
import io.refugium.fql10.resolve.Resolution;
import io.refugium.fql10.resolve.Resolver;
import io.refugium.fql10.runtime.Arity;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FieldTest;
import io.refugium.fql10.runtime.Frame;
import io.refugium.fql10.runtime.Globals;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.Node;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Statement;
import io.refugium.fql10.syntax.SyntaxTrees;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles a syntax tree to executable nodes. Names are looked up here, once: what is not bound in
 * the text is a request argument, a global, or fails when it is evaluated.
 *
 * <p>One instance compiles one text.
 */
public final class Compiler {
  private final QueryText text;
  private final Resolution resolution;
  private final Globals globals;
  private final Set<String> arguments;
  private final List<LambdaCode> lambdas = new ArrayList<>();
  private final ChainCompiler chains = new ChainCompiler(this);

  private Compiler(QueryText text, Resolution resolution, Globals globals, Set<String> arguments) {
    this.text = text;
    this.resolution = resolution;
    this.globals = globals;
    this.arguments = arguments;
  }

  /**
   * Compiles a query or function body.
   *
   * @param arguments the names of the request arguments; they hide globals
   */
  public static CompiledQuery compile(
      QueryText text, Expression root, Globals globals, Set<String> arguments) {
    Resolution resolution = Resolver.resolve(root);
    Compiler compiler = new Compiler(text, resolution, globals, arguments);
    Node body = compiler.node(root);
    return new CompiledQuery(body, resolution.root().slots(), compiler.lambdas);
  }

  /** The node of an expression. */
  Node node(Expression expression) {
    return switch (expression) {
      case Expression.NullLiteral(Span span) -> constant(new Null(NullCause.LITERAL, span));
      case Expression.BooleanLiteral literal -> constant(BooleanValue.of(literal.value()));
      case Expression.IntLiteral literal -> constant(new LongValue(literal.value()));
      case Expression.LongLiteral literal -> constant(new LongValue(literal.value()));
      case Expression.DoubleLiteral literal -> constant(new DoubleValue(literal.value()));
      case Expression.StringLiteral literal -> constant(new StringValue(literal.value()));
      case Expression.Interpolation string -> interpolation(string);
      case Expression.TemplateValue(Span ignored, int index) ->
          frame -> frame.inputs().template()[index];
      case Expression.Variable variable -> variable(variable);
      case Expression.ArrayLiteral array -> array(array);
      case Expression.ObjectLiteral object -> object(object);
      case Expression.Parenthesized(Span ignored, Expression inner) -> node(inner);
      case Expression.Block block -> block(block);
      case Expression.If conditional -> conditional(conditional);
      case Expression.At at -> at(at);
      case Expression.Lambda lambda -> lambda(lambda);
      case Expression.ShortLambda lambda -> shortLambda(lambda);
      case Expression.Receiver receiver -> bound(resolution.of(receiver));
      case Expression.Unary unary -> OperatorCompiler.unary(unary, node(unary.operand()));
      case Expression.Binary binary ->
          OperatorCompiler.binary(binary, node(binary.left()), node(binary.right()));
      case Expression.Chain chain -> chains.compile(chain);
      case Expression.Projection projection -> projection(projection);
    };
  }

  Node[] nodes(List<Expression> expressions) {
    return expressions.stream().map(this::node).toArray(Node[]::new);
  }

  private static Node constant(Value value) {
    return frame -> value;
  }

  private Node variable(Expression.Variable variable) {
    Binding binding = resolution.of(variable);
    if (!(binding instanceof Binding.Free(String name))) {
      return bound(binding);
    }
    if (arguments.contains(name)) {
      return frame -> frame.inputs().arguments().get(name);
    }
    Value global = globals.find(name);
    return global != null
        ? constant(global)
        : frame -> {
          throw Errors.unboundVariable(name).at(variable.span());
        };
  }

  private static Node bound(Binding binding) {
    return switch (binding) {
      case Binding.Local(int slot) -> frame -> frame.local(slot);
      case Binding.Captured(int index) -> frame -> frame.captured(index);
      case Binding.Free(String name) -> throw new IllegalStateException("unbound " + name);
    };
  }

  private Node interpolation(Expression.Interpolation string) {
    List<Node> parts = new ArrayList<>();
    for (Expression.Interpolation.Part part : string.parts()) {
      parts.add(
          switch (part) {
            case Expression.Interpolation.Part.Text(String literal) ->
                constant(new StringValue(literal));
            case Expression.Interpolation.Part.Embedded inner -> node(inner.expression());
          });
    }
    Node[] nodes = parts.toArray(Node[]::new);
    return frame -> {
      StringBuilder result = new StringBuilder();
      for (Node node : nodes) {
        result.append(Text.display(frame.context(), node.evaluate(frame)));
        OperatorCompiler.checkLength(result.length(), string.span());
      }
      return frame.context().made(result.toString());
    };
  }

  private Node array(Expression.ArrayLiteral array) {
    Node[] elements = nodes(array.elements());
    return frame -> frame.context().built(new ArrayValue(List.of(evaluate(elements, frame))));
  }

  private Node object(Expression.ObjectLiteral object) {
    String[] keys =
        object.fields().stream().map(field -> field.key().text()).toArray(String[]::new);
    Node[] values =
        nodes(object.fields().stream().map(Expression.ObjectLiteral.Field::value).toList());
    return frame -> {
      ObjectValue.Builder fields = ObjectValue.builder();
      for (int i = 0; i < keys.length; i++) {
        fields.put(keys[i], values[i].evaluate(frame));
      }
      return frame.context().built(fields.build());
    };
  }

  private Node block(Expression.Block block) {
    Node[] statements = block.statements().stream().map(this::statement).toArray(Node[]::new);
    Node result = node(block.result());
    return frame -> {
      for (Node statement : statements) {
        statement.evaluate(frame);
      }
      return result.evaluate(frame);
    };
  }

  private Node statement(Statement statement) {
    return switch (statement) {
      case Statement.Let let -> {
        Node value = node(let.value());
        int slot = resolution.slotOf(let);
        yield frame -> {
          Value result = value.evaluate(frame);
          frame.bind(slot, result);
          return result;
        };
      }
      case Statement.Evaluate(Expression expression) -> node(expression);
    };
  }

  private Node conditional(Expression.If conditional) {
    Node condition = node(conditional.condition());
    Span place = Spans.origin(conditional.condition());
    Node consequent = node(conditional.consequent());
    Node alternative =
        conditional
            .alternative()
            .map(this::node)
            .orElse(constant(new Null(NullCause.LITERAL, conditional.span())));
    return frame ->
        OperatorCompiler.truth(condition.evaluate(frame), place)
            ? consequent.evaluate(frame)
            : alternative.evaluate(frame);
  }

  private Node at(Expression.At at) {
    Node time = node(at.time());
    Span place = at.time().span();
    Node body = node(at.body());
    return frame -> {
      long readTime = readTime(frame.context(), time.evaluate(frame), place);
      return frame.context().reading(readTime, () -> body.evaluate(frame));
    };
  }

  private static long readTime(QueryContext context, Value time, Span place) {
    if (time instanceof TransactionTime) {
      return QueryContext.NOW;
    }
    if (!(time instanceof TimeValue point)) {
      throw Errors.typeMismatch("Time", time).at(place);
    }
    int order = point.value().compareTo(context.environment().snapshotTime());
    if (order > 0) {
      throw Errors.invalidArgument("at_time", "cannot evaluate `at` in the future").at(place);
    }
    return order == 0 ? QueryContext.NOW : Spans.micros(point.value());
  }

  private Node lambda(Expression.Lambda lambda) {
    int count = lambda.parameters().size();
    Arity arity = lambda.rest().isPresent() ? Arity.atLeast(count) : Arity.exactly(count);
    return closure(lambda.span(), false, arity, count, resolution.frameOf(lambda), lambda.body());
  }

  private Node shortLambda(Expression.ShortLambda lambda) {
    return closure(
        lambda.span(), false, Arity.exactly(1), 1, resolution.frameOf(lambda), lambda.body());
  }

  private Node closure(
      Span span, boolean projection, Arity arity, int count, FrameLayout layout, Expression body) {
    int height = SyntaxTrees.height(body);
    Node compiled = node(body);
    List<FieldTest.Code> tests =
        count == 1 && !arity.variadic()
            ? new FieldTests(this::isFirstParameter, this::isFixed, this::node).of(body)
            : List.of();
    return closure(
        new LambdaCode(
            text, span, projection, arity, count, layout.slots(), height, compiled, tests),
        layout);
  }

  private boolean isFirstParameter(Expression expression) {
    Binding binding =
        switch (expression) {
          case Expression.Variable variable -> resolution.of(variable);
          case Expression.Receiver receiver -> resolution.of(receiver);
          default -> null;
        };
    return binding instanceof Binding.Local(int slot) && slot == 0;
  }

  /** Whether the value is known before a function is called, whatever its arguments are. */
  private boolean isFixed(Expression expression) {
    return switch (expression) {
      case Expression.BooleanLiteral _,
          Expression.IntLiteral _,
          Expression.LongLiteral _,
          Expression.DoubleLiteral _,
          Expression.StringLiteral _,
          Expression.TemplateValue _ ->
          true;
      case Expression.Parenthesized(_, Expression inner) -> isFixed(inner);
      case Expression.Variable variable ->
          switch (resolution.of(variable)) {
            case Binding.Captured _ -> true;
            case Binding.Free(String name) -> arguments.contains(name);
            case Binding.Local _ -> false;
          };
      default -> false;
    };
  }

  private Node closure(LambdaCode code, FrameLayout layout) {
    lambdas.add(code);
    Node[] captures = layout.captures().stream().map(Compiler::bound).toArray(Node[]::new);
    return frame -> new Lambda(code, evaluate(captures, frame), frame.inputs());
  }

  private Node projection(Expression.Projection projection) {
    FrameLayout layout = resolution.frameOf(projection);
    Node closure = closure(projectionCode(projection, layout), layout);
    Node projected = node(projection.projected());
    Span origin = Spans.origin(projection.projected());
    return frame ->
        Projections.project(
            frame,
            projected.evaluate(frame),
            (Lambda) closure.evaluate(frame),
            projection.span(),
            origin);
  }

  private LambdaCode projectionCode(Expression.Projection projection, FrameLayout layout) {
    Map<String, Node> elements = new LinkedHashMap<>();
    projection
        .elements()
        .forEach(element -> elements.put(element.name().text(), node(element.value())));
    String[] names = elements.keySet().toArray(String[]::new);
    Node[] values = elements.values().toArray(Node[]::new);
    Node body =
        frame -> {
          ObjectValue.Builder fields = ObjectValue.builder();
          for (int i = 0; i < names.length; i++) {
            fields.put(names[i], values[i].evaluate(frame));
          }
          return fields.build();
        };
    return new LambdaCode(
        text,
        projection.span(),
        true,
        Arity.exactly(1),
        1,
        layout.slots(),
        SyntaxTrees.height(projection),
        body,
        List.of());
  }

  static Value[] evaluate(Node[] nodes, Frame frame) {
    Value[] values = new Value[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      values[i] = nodes[i].evaluate(frame);
    }
    return values;
  }
}
