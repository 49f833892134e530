package io.refugium.fsl.print;

import io.refugium.fql10.syntax.BinaryOperator;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Statement;
import io.refugium.fql10.syntax.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints expressions in canonical form: what stored bodies look like (schema specification, section
 * 8.7). Parsing the text gives the same tree again, spans apart.
 */
public final class ExpressionPrinter {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private ExpressionPrinter(int depth) {
    this.depth = depth;
  }

  /**
   * The text of an expression.
   *
   * @param depth how many levels of two blanks the lines after the first are indented
   */
  public static String print(Expression expression, int depth) {
    ExpressionPrinter printer = new ExpressionPrinter(depth);
    printer.expression(expression);
    return printer.out.toString();
  }

  /** The text of a lambda in parentheses, as checks and predicates need it. */
  public static String parenthesized(Expression expression, int depth) {
    Expression inner = unwrapped(expression);
    return "(" + print(inner, depth) + ")";
  }

  /** The text of a lambda as a stored body: short lambdas in parentheses, long ones without. */
  public static String body(Expression expression, int depth) {
    Expression inner = unwrapped(expression);
    return inner instanceof Expression.ShortLambda
        ? "(" + print(inner, depth) + ")"
        : print(inner, depth);
  }

  /** The text of a function as a stored body: a lambda whose body is a block. */
  public static String function(Expression.Lambda lambda, int depth) {
    ExpressionPrinter printer = new ExpressionPrinter(depth);
    printer.parameters(lambda);
    printer.out.append(" => ");
    printer.block(lambda.body());
    return printer.out.toString();
  }

  /** The block of a function. */
  public static String block(Expression body, int depth) {
    ExpressionPrinter printer = new ExpressionPrinter(depth);
    printer.block(body);
    return printer.out.toString();
  }

  static Expression unwrapped(Expression expression) {
    return expression instanceof Expression.Parenthesized parenthesized
        ? unwrapped(parenthesized.inner())
        : expression;
  }

  private void line() {
    out.append('\n').append("  ".repeat(depth));
  }

  // --- expressions ----------------------------------------------------------------------------

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.NullLiteral _ -> out.append("null");
      case Expression.BooleanLiteral literal -> out.append(literal.value());
      case Expression.IntLiteral literal -> out.append(literal.value());
      case Expression.LongLiteral literal -> out.append(literal.value());
      case Expression.DoubleLiteral literal -> out.append(number(literal.exact()));
      case Expression.StringLiteral literal -> out.append(Quotes.quote(literal.value()));
      case Expression.Interpolation interpolation -> interpolation(interpolation);
      case Expression.TemplateValue _ -> out.append("<value>");
      case Expression.Variable variable -> out.append(variable.name());
      case Expression.ArrayLiteral array -> elements("[", array.elements(), "]");
      case Expression.ObjectLiteral object -> object(object);
      case Expression.Parenthesized parenthesized -> {
        out.append('(');
        expression(parenthesized.inner());
        out.append(')');
      }
      case Expression.Block block -> block(block);
      case Expression.If branch -> branch(branch);
      case Expression.At at -> {
        out.append("at (");
        expression(at.time());
        out.append(") ");
        expression(at.body());
      }
      case Expression.Lambda lambda -> lambda(lambda);
      case Expression.ShortLambda lambda -> expression(lambda.body());
      case Expression.Receiver _ -> {}
      case Expression.Unary unary -> {
        out.append(unary.operator().symbol());
        expression(unary.operand());
      }
      case Expression.Binary binary -> binary(binary);
      case Expression.Chain chain -> chain(chain);
      case Expression.Projection projection -> projection(projection);
    }
  }

  private static String number(BigDecimal exact) {
    return exact.toString();
  }

  private void interpolation(Expression.Interpolation interpolation) {
    out.append('"');
    for (Expression.Interpolation.Part part : interpolation.parts()) {
      switch (part) {
        case Expression.Interpolation.Part.Text(String text) -> {
          out.append(Quotes.inner(text));
        }
        case Expression.Interpolation.Part.Embedded embedded -> {
          out.append("#{");
          expression(embedded.expression());
          out.append('}');
        }
      }
    }
    out.append('"');
  }

  private void elements(String open, List<Expression> elements, String close) {
    out.append(open);
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      expression(elements.get(i));
    }
    out.append(close);
  }

  private void object(Expression.ObjectLiteral object) {
    List<Runnable> members = new ArrayList<>();
    for (Expression.ObjectLiteral.Field field : object.fields()) {
      members.add(
          () -> {
            out.append(Quotes.key(field.key().text())).append(": ");
            expression(field.value());
          });
    }
    braces(members, ",");
  }

  /** Lines in braces, each indented. */
  private void braces(List<Runnable> lines, String separator) {
    out.append('{');
    depth++;
    for (int i = 0; i < lines.size(); i++) {
      line();
      lines.get(i).run();
      if (i < lines.size() - 1) {
        out.append(separator);
      }
    }
    depth--;
    line();
    out.append('}');
  }

  private void branch(Expression.If branch) {
    out.append("if (");
    expression(branch.condition());
    out.append(") ");
    expression(branch.consequent());
    branch
        .alternative()
        .ifPresent(
            alternative -> {
              out.append(" else ");
              expression(alternative);
            });
  }

  private void binary(Expression.Binary binary) {
    expression(binary.left());
    BinaryOperator operator = binary.operator();
    out.append(' ').append(operator.symbol()).append(' ');
    expression(binary.right());
  }

  // --- functions and blocks -------------------------------------------------------------------

  private void lambda(Expression.Lambda lambda) {
    parameters(lambda);
    out.append(" => ");
    expression(lambda.body());
  }

  private void parameters(Expression.Lambda lambda) {
    out.append('(');
    boolean first = true;
    for (Name name : lambda.parameters()) {
      out.append(first ? "" : ", ").append(name.text());
      first = false;
    }
    if (lambda.rest().isPresent()) {
      out.append(first ? "" : ", ").append("...").append(lambda.rest().orElseThrow().text());
    }
    out.append(')');
  }

  private void block(Expression body) {
    List<Runnable> lines = new ArrayList<>();
    if (body instanceof Expression.Block block) {
      for (Statement statement : block.statements()) {
        lines.add(() -> statement(statement));
      }
      lines.add(() -> expression(block.result()));
    } else {
      lines.add(() -> expression(body));
    }
    braces(lines, "");
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Let let -> {
        out.append("let ").append(let.name().text());
        let.type().ifPresent(type -> out.append(": ").append(TypeText.print(type)));
        out.append(" = ");
        expression(let.value());
      }
      case Statement.Evaluate evaluate -> expression(evaluate.expression());
    }
  }

  // --- chains and projections -----------------------------------------------------------------

  private void chain(Expression.Chain chain) {
    expression(chain.head());
    boolean implicit = chain.head() instanceof Expression.Receiver;
    for (int i = 0; i < chain.steps().size(); i++) {
      step(chain.steps().get(i), implicit && i == 0);
    }
  }

  private void step(Step step, boolean leading) {
    switch (step) {
      case Step.Select select ->
          out.append(select.optional() ? "?." : ".").append(member(select.name()));
      case Step.Invoke invoke -> {
        out.append(invoke.optional() ? "?." : ".").append(member(invoke.name()));
        elements("(", invoke.arguments(), ")");
      }
      case Step.Call call -> elements(call.optional() ? "?.(" : "(", call.arguments(), ")");
      case Step.Access access -> {
        out.append(leading ? "." : "");
        elements(access.optional() ? "?.[" : "[", access.arguments(), "]");
      }
      case Step.NonNull _ -> out.append('!');
    }
  }

  private static String member(Name name) {
    return name.text();
  }

  private void projection(Expression.Projection projection) {
    if (!(projection.projected() instanceof Expression.Receiver)) {
      expression(projection.projected());
      out.append(' ');
    }
    List<Runnable> lines = new ArrayList<>();
    for (Expression.Projection.Element element : projection.elements()) {
      lines.add(
          () -> {
            out.append(element.name().text()).append(": ");
            expression(element.value());
          });
    }
    braces(lines, ",");
  }
}
