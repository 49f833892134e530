package io.refugium.fsl.parse;

import io.refugium.fql10.schema.FieldPath;
import io.refugium.fql10.schema.SchemaItem.Part;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Step;
import io.refugium.fql10.syntax.TextCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The paths of fields and what may be around them: the elements of indexes and unique constraints,
 * which are written as expressions, and the paths of migrations, which an arrow may follow.
 */
final class PathReader {
  private final Reader reader;
  private final TextCursor cursor;

  PathReader(Reader reader) {
    this.reader = reader;
    this.cursor = reader.cursor;
  }

  // --- terms and values -----------------------------------------------------------------------

  /** {@code .a} or {@code mva(.a)}; empty after an error. */
  Optional<Part> term(Expression element) {
    boolean wrapped = argumentOf(element).isPresent();
    if (wrapped && !wrap(element).equals("mva")) {
      reader.report(FslErrors.of("Expected 'mva'", head(element)));
    }
    return path(argumentOf(element).orElse(element))
        .map(path -> new Part(element.span(), path, Optional.of(wrapped), Optional.empty()));
  }

  /** A path in at most one order and one {@code mva}; empty after an error. */
  Optional<Part> value(Expression element) {
    boolean mva = false;
    Optional<Boolean> descending = Optional.empty();
    Expression inner = element;
    while (argumentOf(inner).isPresent()) {
      String wrap = wrap(inner);
      boolean order = wrap.equals("asc") || wrap.equals("desc");
      if (!order && !wrap.equals("mva")) {
        reader.report(FslErrors.of("Expected 'asc', 'desc', or 'mva'", head(inner)));
      }
      if (order ? descending.isPresent() : mva) {
        reader.report(FslErrors.of("Invalid field path", inner.span()));
        return Optional.empty();
      }
      mva |= !order;
      descending = order ? Optional.of(wrap.equals("desc")) : descending;
      inner = argumentOf(inner).orElseThrow();
    }
    boolean several = mva;
    boolean reverse = descending.orElse(false);
    return path(inner)
        .map(path -> new Part(element.span(), path, Optional.of(several), Optional.of(reverse)));
  }

  /** The argument of {@code word(argument)}. */
  private static Optional<Expression> argumentOf(Expression element) {
    return element instanceof Expression.Chain chain
            && chain.head() instanceof Expression.Variable
            && chain.steps().size() == 1
            && chain.steps().getFirst() instanceof Step.Call call
            && call.arguments().size() == 1
        ? Optional.of(call.arguments().getFirst())
        : Optional.empty();
  }

  private static Span head(Expression element) {
    return ((Expression.Chain) element).head().span();
  }

  private static String wrap(Expression element) {
    return ((Expression.Variable) ((Expression.Chain) element).head()).name();
  }

  private Optional<FieldPath> path(Expression expression) {
    List<Object> steps = new ArrayList<>();
    boolean found =
        expression instanceof Expression.ShortLambda lambda
            && lambda.body() instanceof Expression.Chain chain
            && chain.head() instanceof Expression.Receiver
            && chain.steps().stream().allMatch(step -> addStep(step, steps));
    if (!found) {
      reader.report(FslErrors.of("Invalid field path", expression.span()));
      return Optional.empty();
    }
    return Optional.of(new FieldPath(expression.span(), steps));
  }

  private static boolean addStep(Step step, List<Object> steps) {
    return switch (step) {
      case Step.Select select when !select.optional() -> steps.add(select.name().text());
      case Step.Access access when !access.optional() && access.arguments().size() == 1 ->
          switch (access.arguments().getFirst()) {
            case Expression.StringLiteral literal -> steps.add(literal.value());
            case Expression.IntLiteral literal -> steps.add(literal.value());
            default -> false;
          };
      default -> false;
    };
  }

  // --- migrations -----------------------------------------------------------------------------

  /** {@code .a.b.["c d"]}, the path of a field that no array is on the way to. */
  FieldPath migrated() {
    int start = cursor.position();
    List<Object> steps = new ArrayList<>();
    if (!reader.expressions.atExpression()) {
      throw cursor.expected("expression");
    }
    if (cursor.peek() != '.') {
      Span other = reader.expression().span();
      reader.report(FslErrors.of("Invalid field path", other));
      return new FieldPath(other, List.of(other.text()));
    }
    while (cursor.peek() == '.' || cursor.peek() == '[') {
      cursor.take('.');
      steps.add(cursor.peek() == '[' ? bracketed() : step());
    }
    return new FieldPath(reader.from(start), steps);
  }

  private String step() {
    if (!cursor.atIdentifier()) {
      throw cursor.expected("identifier");
    }
    return cursor.word().text();
  }

  private Object bracketed() {
    reader.require("[");
    Expression inner = reader.expression();
    reader.require("]");
    return switch (inner) {
      case Expression.StringLiteral literal -> literal.value();
      case Expression.IntLiteral literal -> {
        reader.report(
            FslErrors.of("Cannot index into an item in a migration path", literal.span()));
        yield literal.value();
      }
      default -> {
        reader.report(FslErrors.of("Invalid field path", inner.span()));
        yield inner.span().text();
      }
    };
  }
}
