package io.refugium.fql10.compile;

import io.refugium.fql10.runtime.FieldTest;
import io.refugium.fql10.runtime.FieldTest.Relation;
import io.refugium.fql10.runtime.Node;
import io.refugium.fql10.syntax.BinaryOperator;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds what the body of a predicate demands of fields of its argument: the comparisons with which
 * a conjunction begins, {@code .a == x && .b > 1 && ...}. It stops at the first part that is
 * anything else, because that part may fail for arguments which the later ones would refuse.
 */
final class FieldTests {
  private final Predicate<Expression> isArgument;
  private final Predicate<Expression> isFixed;
  private final Function<Expression, Node> compile;

  /**
   * @param isArgument whether an expression is the parameter of the predicate
   * @param isFixed whether an expression gives the same value for every argument, and never fails
   * @param compile makes nodes of expressions
   */
  FieldTests(
      Predicate<Expression> isArgument,
      Predicate<Expression> isFixed,
      Function<Expression, Node> compile) {
    this.isArgument = isArgument;
    this.isFixed = isFixed;
    this.compile = compile;
  }

  List<FieldTest.Code> of(Expression body) {
    List<FieldTest.Code> tests = new ArrayList<>();
    collect(body, tests);
    return List.copyOf(tests);
  }

  /** Adds the tests of an expression; false if it consists of more than tests. */
  private boolean collect(Expression expression, List<FieldTest.Code> tests) {
    return switch (expression) {
      case Expression.Parenthesized(_, Expression inner) -> collect(inner, tests);
      case Expression.Binary binary when binary.operator() == BinaryOperator.AND ->
          collect(binary.left(), tests) && collect(binary.right(), tests);
      case Expression.Binary binary -> comparison(binary, tests);
      default -> false;
    };
  }

  private boolean comparison(Expression.Binary binary, List<FieldTest.Code> tests) {
    Relation relation = relation(binary.operator());
    if (relation == null) {
      return false;
    }
    return add(binary.left(), relation, binary.right(), tests)
        || add(binary.right(), relation.flipped(), binary.left(), tests);
  }

  private boolean add(
      Expression left, Relation relation, Expression right, List<FieldTest.Code> tests) {
    if (!isFixed.test(right)
        || !(left instanceof Expression.Chain(_, Expression head, List<Step> steps))
        || !isArgument.test(head)
        || steps.size() != 1
        || !(steps.getFirst() instanceof Step.Select select)) {
      return false;
    }
    tests.add(new FieldTest.Code(select.name().text(), relation, compile.apply(right)));
    return true;
  }

  private static Relation relation(BinaryOperator operator) {
    return switch (operator) {
      case EQUAL -> Relation.EQUAL;
      case NOT_EQUAL -> Relation.OTHER;
      case LESS -> Relation.LESS;
      case LESS_OR_EQUAL -> Relation.LESS_OR_EQUAL;
      case GREATER -> Relation.GREATER;
      case GREATER_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
      default -> null;
    };
  }
}
