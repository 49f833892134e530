package io.refugium.fql10.syntax;

import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recursive descent for expressions and blocks, precedence climbing for operators (language
 * specification, sections 3 and 4).
 *
 * <p>Works on a {@link TextCursor} that others may share: the schema language embeds it. Every
 * method starts at the cursor, which must stand on the first character of what is asked for, and
 * leaves it just behind; a {@link SyntaxException} means the text cannot be continued, lesser
 * errors are reported to the cursor.
 */
public final class ExpressionParser {
  private final TextCursor cursor;
  private final StringReader strings;
  private final HeredocReader heredocs;
  private final NumberReader numbers;
  private final LambdaParser lambdas;
  private final ProjectionParser projections;
  private final BlockParser blocks;

  /** Whether a leading-dot term was seen in the innermost expression being parsed. */
  private boolean receiverUsed;

  public ExpressionParser(TextCursor cursor) {
    this.cursor = cursor;
    this.strings = new StringReader(cursor, this::expression);
    this.heredocs = new HeredocReader(cursor, this::expression);
    this.numbers = new NumberReader(cursor);
    this.lambdas = new LambdaParser(cursor, this);
    this.projections = new ProjectionParser(cursor, this);
    this.blocks = new BlockParser(cursor, this);
  }

  /** Statements up to, not including, the end of the text or a closing brace. */
  Expression query() {
    return blocks.query();
  }

  /** {@code { statements }}; the cursor stands on the brace. */
  public Expression block() {
    return blocks.block();
  }

  StringReader strings() {
    return strings;
  }

  // --- whole expressions ----------------------------------------------------------------------

  /** An expression where a short lambda is not allowed. */
  public Expression expression() {
    boolean outer = receiverUsed;
    receiverUsed = false;
    Expression parsed = plainExpression();
    if (receiverUsed) {
      cursor.report(SyntaxErrors.anonymousField(parsed.span()));
    }
    receiverUsed = outer;
    return parsed;
  }

  /** An expression where a short lambda is allowed: an argument, or a tuple element. */
  public Expression argument() {
    boolean outer = receiverUsed;
    receiverUsed = false;
    Expression parsed = plainExpression();
    Expression result = receiverUsed ? new Expression.ShortLambda(parsed.span(), parsed) : parsed;
    receiverUsed = outer;
    return result;
  }

  /** The value of a projection element: leading-dot terms mean the projected value. */
  Expression elementValue() {
    boolean outer = receiverUsed;
    Expression parsed = plainExpression();
    receiverUsed = outer;
    return parsed;
  }

  private Expression plainExpression() {
    cursor.enter();
    Expression parsed = anyExpression();
    cursor.leave();
    return parsed;
  }

  private Expression anyExpression() {
    if (cursor.atWord("if")) {
      return conditional();
    }
    if (cursor.atWord("at")) {
      return snapshot();
    }
    if (cursor.atWord("match")) {
      throw new SyntaxException(
          SyntaxErrors.matchUnsupported(
              cursor.source().span(cursor.position(), cursor.position() + "match".length())));
    }
    if (lambdas.atLambda()) {
      return lambdas.lambda();
    }
    return chain();
  }

  private Expression conditional() {
    int start = cursor.position();
    cursor.advance("if".length());
    Expression condition = parenthesizedCondition();
    Expression consequent = expression();
    int end = cursor.position();
    cursor.skipNewlines();
    Optional<Expression> alternative = Optional.empty();
    if (cursor.takeWord("else")) {
      cursor.skipNewlines();
      alternative = Optional.of(expression());
    } else {
      cursor.moveTo(end);
    }
    return new Expression.If(cursor.from(start), condition, consequent, alternative);
  }

  private Expression snapshot() {
    int start = cursor.position();
    cursor.advance("at".length());
    Expression time = parenthesizedCondition();
    Expression body = expression();
    return new Expression.At(cursor.from(start), time, body);
  }

  private Expression parenthesizedCondition() {
    cursor.skipNewlines();
    if (!cursor.take('(')) {
      throw cursor.expected("`(`");
    }
    cursor.skipNewlines();
    Expression condition = expression();
    cursor.skipNewlines();
    if (!cursor.take(')')) {
      throw cursor.expected("`)`");
    }
    cursor.skipNewlines();
    return condition;
  }

  // --- operators ------------------------------------------------------------------------------

  private Expression chain() {
    Expression operation = operation(term(), 1);
    int end = cursor.position();
    cursor.skipBlanks();
    if (cursor.peek() == '{') {
      return projections.projection(operation);
    }
    cursor.moveTo(end);
    return operation;
  }

  /** Continues {@code left} with all operators of at least {@code minimum} level. */
  private Expression operation(Expression first, int minimum) {
    Expression left = first;
    while (true) {
      int end = cursor.position();
      BinaryOperator operator = Operators.peek(cursor);
      if (operator == null || operator.level() < minimum) {
        cursor.moveTo(end);
        return left;
      }
      left = binary(left, operator);
    }
  }

  private Expression binary(Expression left, BinaryOperator operator) {
    int start = cursor.position();
    cursor.advance(operator.symbol().length());
    Span symbol = cursor.from(start);
    cursor.skipNewlines();
    Expression right =
        operator.rightAssociative() ? power() : operation(term(), operator.level() + 1);
    Expression first = operand(left);
    Expression second = operand(right);
    return new Expression.Binary(first.span().to(second.span()), operator, symbol, first, second);
  }

  /** The right operand of the one operator whose operands nest to the right. */
  private Expression power() {
    cursor.enter();
    Expression right = operation(term(), BinaryOperator.POWER.level());
    cursor.leave();
    return right;
  }

  /** Parentheses around an operand of a binary operator do not end a short lambda. */
  private Expression operand(Expression operand) {
    if (operand instanceof Expression.Parenthesized(Span span, Expression inner)
        && inner instanceof Expression.ShortLambda(Span _, Expression body)) {
      receiverUsed = true;
      return new Expression.Parenthesized(span, body);
    }
    return operand;
  }

  private Expression term() {
    int start = cursor.position();
    if (!numbers.atNumber()) {
      Optional<UnaryOperator> prefix = Operators.prefix(cursor.peek());
      if (prefix.isPresent()) {
        cursor.advance(1);
        Span symbol = cursor.from(start);
        cursor.skipBlanks();
        cursor.enter();
        Expression operand = term();
        cursor.leave();
        return new Expression.Unary(symbol.to(operand.span()), prefix.get(), symbol, operand);
      }
    }
    return PostfixParser.continueChain(cursor, this, primary());
  }

  // --- primaries ------------------------------------------------------------------------------

  private Expression primary() {
    int start = cursor.position();
    int hole = cursor.hole();
    if (hole >= 0) {
      cursor.advance(QueryText.PLACEHOLDER.length());
      return new Expression.TemplateValue(cursor.from(start), hole);
    }
    if (numbers.atNumber()) {
      return numbers.read();
    }
    if (strings.atString()) {
      return strings.read();
    }
    if (heredocs.atHeredoc()) {
      return heredocs.read();
    }
    if (cursor.atIdentifier()) {
      return word();
    }
    return switch (cursor.peek()) {
      case '(' -> tuple();
      case '[' -> array();
      case '{' -> objectOrBlock();
      case '.' -> receiver();
      default -> throw cursor.expected("expression");
    };
  }

  private Expression word() {
    Name word = cursor.word();
    return switch (word.text()) {
      case "null" -> new Expression.NullLiteral(word.span());
      case "true" -> new Expression.BooleanLiteral(word.span(), true);
      case "false" -> new Expression.BooleanLiteral(word.span(), false);
      default -> {
        if (Keywords.isReserved(word.text())) {
          throw new SyntaxException(SyntaxErrors.keywordAsName(word.span()));
        }
        yield new Expression.Variable(word.span(), word.text());
      }
    };
  }

  private Expression receiver() {
    if (!atReceiver()) {
      throw cursor.expected("expression");
    }
    receiverUsed = true;
    return new Expression.Receiver(cursor.here().atStart());
  }

  /** Whether a leading-dot term stands here. */
  private boolean atReceiver() {
    if (cursor.peek() != '.') {
      return false;
    }
    int start = cursor.position();
    cursor.advance(1);
    cursor.skipNewlines();
    boolean found = cursor.atIdentifier() || cursor.peek() == '(' || cursor.peek() == '[';
    cursor.moveTo(start);
    return found;
  }

  /** Whether an expression can start here, judged by its first characters. */
  public boolean atExpression() {
    char c = cursor.peek();
    return switch (c) {
      case '(', '[', '{', '"', '\'', '!', '~', '-' -> true;
      case '.' -> atReceiver();
      case '+' -> numbers.atNumber();
      case '<' -> heredocs.atHeredoc() || cursor.hole() >= 0;
      default -> cursor.atIdentifier() || Keywords.isDigit(c);
    };
  }

  private Expression array() {
    int start = cursor.position();
    cursor.advance(1);
    List<Expression> elements = new ArrayList<>();
    cursor.skipNewlines();
    while (!cursor.take(']')) {
      if (elements.isEmpty() && cursor.peek() == ',') {
        cursor.advance(1);
        cursor.skipNewlines();
        if (!cursor.take(']')) {
          throw cursor.expected("`]`");
        }
        break;
      }
      if (!atExpression()) {
        throw cursor.expected("`]`", "expression");
      }
      elements.add(expression());
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != ']') {
        throw cursor.expected("`,`", "`]`");
      }
    }
    return new Expression.ArrayLiteral(cursor.from(start), elements);
  }

  private Expression tuple() {
    int start = cursor.position();
    cursor.advance(1);
    List<Expression> elements = new ArrayList<>();
    boolean variadic = false;
    cursor.skipNewlines();
    while (!cursor.take(')')) {
      if (cursor.take("...")) {
        cursor.skipNewlines();
        cursor.identifier();
        variadic = true;
        cursor.skipNewlines();
        if (!cursor.take(')')) {
          throw cursor.expected("`)`");
        }
        break;
      }
      if (!atExpression()) {
        throw cursor.expected("`)`", "`...`", "expression");
      }
      elements.add(argument());
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != ')') {
        throw cursor.expected("`)`", "`,`", "`...`");
      }
    }
    Span span = cursor.from(start);
    if (variadic && !elements.stream().allMatch(Expression.Variable.class::isInstance)) {
      cursor.report(SyntaxErrors.variadicTuple(span));
    }
    return elements.size() == 1
        ? new Expression.Parenthesized(span, elements.getFirst())
        : new Expression.ArrayLiteral(span, elements);
  }

  private Expression objectOrBlock() {
    int start = cursor.position();
    cursor.advance(1);
    cursor.skipNewlines();
    if (cursor.take('}')) {
      return new Expression.ObjectLiteral(cursor.from(start), List.of());
    }
    boolean object = atField();
    cursor.moveTo(start);
    return object ? ObjectParser.object(cursor, this) : blocks.block();
  }

  /** Whether {@code key:} stands here. */
  private boolean atField() {
    int start = cursor.position();
    boolean key = skipKey();
    cursor.skipBlanks();
    boolean found = key && cursor.peek() == ':';
    cursor.moveTo(start);
    return found;
  }

  private boolean skipKey() {
    if (cursor.atIdentifier()) {
      cursor.word();
      return true;
    }
    if (strings.atString()) {
      strings.read();
      return true;
    }
    return false;
  }

  /** A parenthesized or bracketed list of arguments; the cursor stands behind the opening one. */
  List<Expression> arguments(char closing) {
    List<Expression> arguments = new ArrayList<>();
    String close = "`" + closing + "`";
    cursor.skipNewlines();
    while (!cursor.take(closing)) {
      if (!atExpression()) {
        throw cursor.expected(close, "expression");
      }
      arguments.add(argument());
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != closing) {
        throw cursor.expected(close, "`,`");
      }
    }
    return arguments;
  }
}
