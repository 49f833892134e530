package io.refugium.fql10.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Walks over expressions without knowing what they mean. */
public final class SyntaxTrees {
  private SyntaxTrees() {}

  /** The direct subexpressions in textual order. */
  public static List<Expression> children(Expression expression) {
    return switch (expression) {
      case Expression.NullLiteral _,
          Expression.BooleanLiteral _,
          Expression.IntLiteral _,
          Expression.LongLiteral _,
          Expression.DoubleLiteral _,
          Expression.StringLiteral _,
          Expression.TemplateValue _,
          Expression.Variable _,
          Expression.Receiver _ ->
          List.of();
      case Expression.Interpolation string -> embedded(string);
      case Expression.ArrayLiteral array -> array.elements();
      case Expression.ObjectLiteral object ->
          object.fields().stream().map(Expression.ObjectLiteral.Field::value).toList();
      case Expression.Parenthesized parenthesized -> List.of(parenthesized.inner());
      case Expression.Block block -> statements(block);
      case Expression.If conditional -> branches(conditional);
      case Expression.At at -> List.of(at.time(), at.body());
      case Expression.Lambda lambda -> List.of(lambda.body());
      case Expression.ShortLambda lambda -> List.of(lambda.body());
      case Expression.Unary unary -> List.of(unary.operand());
      case Expression.Binary binary -> List.of(binary.left(), binary.right());
      case Expression.Chain chain -> chainParts(chain);
      case Expression.Projection projection -> projected(projection);
    };
  }

  private static List<Expression> embedded(Expression.Interpolation string) {
    List<Expression> children = new ArrayList<>();
    for (Expression.Interpolation.Part part : string.parts()) {
      if (part instanceof Expression.Interpolation.Part.Embedded inner) {
        children.add(inner.expression());
      }
    }
    return children;
  }

  private static List<Expression> statements(Expression.Block block) {
    List<Expression> children = new ArrayList<>();
    for (Statement statement : block.statements()) {
      children.add(
          switch (statement) {
            case Statement.Let let -> let.value();
            case Statement.Evaluate evaluate -> evaluate.expression();
          });
    }
    children.add(block.result());
    return children;
  }

  private static List<Expression> branches(Expression.If conditional) {
    List<Expression> children = new ArrayList<>();
    children.add(conditional.condition());
    children.add(conditional.consequent());
    conditional.alternative().ifPresent(children::add);
    return children;
  }

  private static List<Expression> chainParts(Expression.Chain chain) {
    List<Expression> children = new ArrayList<>();
    children.add(chain.head());
    for (Step step : chain.steps()) {
      switch (step) {
        case Step.Select _, Step.NonNull _ -> {}
        case Step.Invoke invoke -> children.addAll(invoke.arguments());
        case Step.Call call -> children.addAll(call.arguments());
        case Step.Access access -> children.addAll(access.arguments());
      }
    }
    return children;
  }

  private static List<Expression> projected(Expression.Projection projection) {
    List<Expression> children = new ArrayList<>();
    children.add(projection.projected());
    projection.elements().forEach(element -> children.add(element.value()));
    return children;
  }

  /** The number of nodes on the longest path from the root to a leaf; does not recurse. */
  public static int height(Expression root) {
    record Entry(Expression node, int depth) {}
    Deque<Entry> open = new ArrayDeque<>();
    open.push(new Entry(root, 1));
    int height = 0;
    while (!open.isEmpty()) {
      Entry entry = open.pop();
      height = Math.max(height, entry.depth());
      for (Expression child : children(entry.node())) {
        open.push(new Entry(child, entry.depth() + 1));
      }
    }
    return height;
  }
}
