package io.refugium.fql10.syntax;

import java.util.ArrayList;
import java.util.List;

/** The postfix steps behind a primary: selection, access, calls and {@code !} (section 3). */
final class PostfixParser {
  private final TextCursor cursor;
  private final ExpressionParser expressions;
  private final Expression head;
  private final List<Step> steps = new ArrayList<>();

  private PostfixParser(TextCursor cursor, ExpressionParser expressions, Expression head) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.head = head;
  }

  /** {@code head} with all postfix steps that follow it. */
  static Expression continueChain(
      TextCursor cursor, ExpressionParser expressions, Expression head) {
    PostfixParser parser = new PostfixParser(cursor, expressions, head);
    if (head instanceof Expression.Receiver) {
      parser.leadingDot();
    }
    while (parser.step()) {
      // each step moves the cursor
    }
    if (parser.steps.isEmpty()) {
      return head;
    }
    return new Expression.Chain(cursor.from(head.span().start()), head, parser.steps);
  }

  /** A leading-dot term may call or access its receiver: {@code .(1)}, {@code .[0]}. */
  private void leadingDot() {
    cursor.advance(1);
    cursor.skipNewlines();
    switch (cursor.peek()) {
      case '(' -> call(false);
      case '[' -> access(false);
      default -> select(false);
    }
  }

  /** Reads one step, if there is one. */
  private boolean step() {
    int end = cursor.position();
    cursor.skipBlanks();
    switch (cursor.peek()) {
      case '(' -> {
        call(false);
        return true;
      }
      case '[' -> {
        access(false);
        return true;
      }
      case '!' -> {
        if (cursor.peek(1) != '=' && cursor.peek(1) != '~') {
          nonNull();
          return true;
        }
      }
      default -> {
        cursor.skipNewlines();
        if (dotted()) {
          return true;
        }
      }
    }
    cursor.moveTo(end);
    return false;
  }

  private boolean dotted() {
    if (cursor.peek() == '.' && !cursor.looksAt("...")) {
      cursor.advance(1);
      cursor.skipNewlines();
      select(false);
      return true;
    }
    if (!cursor.take("?.")) {
      return false;
    }
    cursor.skipNewlines();
    switch (cursor.peek()) {
      case '(' -> call(true);
      case '[' -> access(true);
      default -> select(true);
    }
    return true;
  }

  private void select(boolean optional) {
    if (!cursor.atIdentifier()) {
      throw steps.isEmpty() && isNumber(head)
          ? cursor.expected("digit or identifier")
          : cursor.expected("identifier");
    }
    Name name = cursor.word();
    int end = cursor.position();
    cursor.skipBlanks();
    if (cursor.peek() == '(') {
      int start = cursor.position();
      cursor.advance(1);
      List<Expression> arguments = expressions.arguments(')');
      steps.add(new Step.Invoke(cursor.from(start), name, optional, arguments));
    } else {
      cursor.moveTo(end);
      steps.add(new Step.Select(name, optional));
    }
  }

  private static boolean isNumber(Expression head) {
    return head instanceof Expression.IntLiteral
        || head instanceof Expression.LongLiteral
        || head instanceof Expression.DoubleLiteral;
  }

  private void call(boolean optional) {
    int start = cursor.position();
    cursor.advance(1);
    List<Expression> arguments = expressions.arguments(')');
    steps.add(new Step.Call(cursor.from(start), optional, arguments));
  }

  private void access(boolean optional) {
    int start = cursor.position();
    cursor.advance(1);
    List<Expression> arguments = expressions.arguments(']');
    steps.add(new Step.Access(cursor.from(start), optional, arguments));
  }

  private void nonNull() {
    int start = cursor.position();
    cursor.advance(1);
    steps.add(new Step.NonNull(cursor.from(start)));
  }
}
