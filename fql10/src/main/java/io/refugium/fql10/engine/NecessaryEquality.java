package io.refugium.fql10.engine;

import io.refugium.access.FieldEquality;
import io.refugium.fql10.documents.FieldNames;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.BinaryOperator;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.Step;
import io.refugium.model.BooleanValue;
import io.refugium.model.StringValue;
import java.util.Set;

/**
 * Finds out what a predicate about reading asks of a field of the document, if its form tells: that
 * {@code d.f} equals {@code Query.identity()} or a constant, alone or as one part of a conjunction;
 * and whether it asks no more.
 */
final class NecessaryEquality {
  /** Fields of a document that are not among its data. */
  private static final Set<String> RESERVED = Set.of("id", "coll", "ts", "ttl", "data");

  /** What a parameter may be called without standing for the document where it is used. */
  private static final Set<String> MISLEADING = Set.of("_", "Query");

  /** What stands for the document: the name of a parameter; null for the one of a short lambda. */
  private final String parameter;

  private NecessaryEquality(String parameter) {
    this.parameter = parameter;
  }

  /** The condition in a stored predicate; null when none was found. */
  static FieldEquality of(Source source) {
    return Parser.query(source) instanceof Parsed.Tree<Expression>(Expression tree)
        ? of(bare(tree))
        : null;
  }

  private static FieldEquality of(Expression function) {
    return switch (function) {
      case Expression.Lambda lambda
          when lambda.parameters().size() == 1
              && lambda.rest().isEmpty()
              && !MISLEADING.contains(lambda.parameters().getFirst().text()) ->
          new NecessaryEquality(lambda.parameters().getFirst().text()).asked(lambda.body());
      case Expression.ShortLambda lambda -> new NecessaryEquality(null).asked(lambda.body());
      default -> null;
    };
  }

  /** The condition that a body asks, and whether it asks no more. */
  private FieldEquality asked(Expression body) {
    FieldEquality found = in(body);
    return found != null
            && bare(body) instanceof Expression.Binary comparison
            && comparison.operator() == BinaryOperator.EQUAL
            && !FieldNames.isHidden(found.field())
            && (cannotFail(comparison.left()) || cannotFail(comparison.right()))
        ? new FieldEquality(found.field(), found.value(), true)
        : found;
  }

  /** Whether a side is one that the field is compared with, and {@code !} is not asked of it. */
  private static boolean cannotFail(Expression side) {
    return switch (bare(side)) {
      case Expression.StringLiteral _, Expression.BooleanLiteral _ -> true;
      case Expression.Chain chain -> isIdentity(chain) && chain.steps().size() == 1;
      default -> false;
    };
  }

  private FieldEquality in(Expression expression) {
    Expression bare = bare(expression);
    if (!(bare instanceof Expression.Binary binary)) {
      return null;
    }
    return switch (binary.operator()) {
      case BinaryOperator.AND -> first(in(binary.left()), in(binary.right()));
      case BinaryOperator.EQUAL ->
          first(equality(binary.left(), binary.right()), equality(binary.right(), binary.left()));
      default -> null;
    };
  }

  private static FieldEquality first(FieldEquality one, FieldEquality other) {
    return one != null ? one : other;
  }

  private FieldEquality equality(Expression left, Expression right) {
    String field = field(bare(left));
    FieldEquality.Source source = field == null ? null : source(bare(right));
    return source == null ? null : new FieldEquality(field, source, false);
  }

  private String field(Expression expression) {
    return expression instanceof Expression.Chain chain
            && isDocument(bare(chain.head()))
            && chain.steps().size() == 1
            && chain.steps().getFirst() instanceof Step.Select(var name, boolean _)
            && !RESERVED.contains(name.text())
        ? name.text()
        : null;
  }

  private boolean isDocument(Expression expression) {
    return parameter == null
        ? expression instanceof Expression.Receiver
        : expression instanceof Expression.Variable variable && variable.name().equals(parameter);
  }

  private static FieldEquality.Source source(Expression expression) {
    return switch (expression) {
      case Expression.StringLiteral literal -> _ -> new StringValue(literal.value());
      case Expression.BooleanLiteral literal -> _ -> BooleanValue.of(literal.value());
      case Expression.Chain chain when isIdentity(chain) ->
          session -> session.v10().identity().queryIdentity();
      default -> null;
    };
  }

  /** {@code Query.identity()}, with or without {@code !}. */
  private static boolean isIdentity(Expression.Chain chain) {
    return chain.head() instanceof Expression.Variable variable
        && variable.name().equals("Query")
        && chain.steps().getFirst() instanceof Step.Invoke invoke
        && invoke.name().text().equals("identity")
        && invoke.arguments().isEmpty()
        && (chain.steps().size() == 1
            || chain.steps().size() == 2 && chain.steps().getLast() instanceof Step.NonNull);
  }

  private static Expression bare(Expression expression) {
    return switch (expression) {
      case Expression.Parenthesized parenthesized -> bare(parenthesized.inner());
      case Expression.Block block when block.statements().isEmpty() -> bare(block.result());
      default -> expression;
    };
  }
}
