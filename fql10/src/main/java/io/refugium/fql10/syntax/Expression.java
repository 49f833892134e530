package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The syntax tree of an FQL expression, as written: nothing is resolved, typed or folded.
 *
 * <p>Invariant: immutable, and every node knows its {@link Span}, parentheses excluded except for
 * {@link Parenthesized} itself. Trees come from {@link Parser}, which bounds their height ({@link
 * SyntaxLimits}), so recursive walks are safe. Follows section 3 of the language specification.
 */
public sealed interface Expression {

  Span span();

  /** {@code null}. */
  record NullLiteral(Span span) implements Expression {}

  /** {@code true} or {@code false}. */
  record BooleanLiteral(Span span, boolean value) implements Expression {}

  /** An integer literal that fits 32 bits: an Int. */
  record IntLiteral(Span span, int value) implements Expression {}

  /** An integer literal that fits 64 bits only: a Long. */
  record LongLiteral(Span span, long value) implements Expression {}

  /**
   * Any other number: a Double.
   *
   * @param value the nearest double; a literal zero is always positive zero
   * @param exact the decimal as written, for display in static types
   */
  record DoubleLiteral(Span span, double value, BigDecimal exact) implements Expression {}

  /** A string without interpolation: quoted or heredoc, escapes already replaced. */
  record StringLiteral(Span span, String value) implements Expression {}

  /** A string with at least one {@code #{...}}; the parts are in textual order. */
  record Interpolation(Span span, List<Part> parts) implements Expression {
    public Interpolation {
      parts = List.copyOf(parts);
    }

    /** The first interpolated expression; there is at least one. */
    public Part.Embedded firstEmbedded() {
      for (Part part : parts) {
        if (part instanceof Part.Embedded embedded) {
          return embedded;
        }
      }
      throw new IllegalStateException("an interpolation without an expression");
    }

    /** Literal text or an interpolated expression. */
    public sealed interface Part {
      /** Text between interpolations, escapes replaced; never empty. */
      record Text(String value) implements Part {}

      /**
       * {@code #{expression}}.
       *
       * @param braces from the hash mark to the closing brace
       */
      record Embedded(Expression expression, Span braces) implements Part {}
    }
  }

  /**
   * The value number {@code index} of the query template (section 10.1), counted from 0 in textual
   * order.
   */
  record TemplateValue(Span span, int index) implements Expression {}

  /** An identifier in expression position. */
  record Variable(Span span, String name) implements Expression {}

  /**
   * {@code [a, b]}; also {@code (a, b)} and {@code ()}, which are arrays too. {@code (a)} is a
   * {@link Parenthesized}.
   */
  record ArrayLiteral(Span span, List<Expression> elements) implements Expression {
    public ArrayLiteral {
      elements = List.copyOf(elements);
    }
  }

  /** {@code { key: value }}; keys are distinct. */
  record ObjectLiteral(Span span, List<Field> fields) implements Expression {
    public ObjectLiteral {
      fields = List.copyOf(fields);
    }

    /** One {@code key: value}. */
    public record Field(Name key, Expression value) {}
  }

  /** {@code (inner)}: transparent for values; ends an optional chain. The span has the brackets. */
  record Parenthesized(Span span, Expression inner) implements Expression {}

  /**
   * {@code { statements; result }}. The query itself and a function body without braces are blocks
   * only if they have statements before the result; their span then excludes surrounding blanks.
   */
  record Block(Span span, List<Statement> statements, Expression result) implements Expression {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /** {@code if (condition) consequent else alternative}. */
  record If(
      Span span, Expression condition, Expression consequent, Optional<Expression> alternative)
      implements Expression {}

  /** {@code at (time) body}. */
  record At(Span span, Expression time, Expression body) implements Expression {}

  /**
   * {@code (a, _, ...rest) => body}. Parameter names are distinct, except that {@code _} may repeat
   * and binds nothing.
   */
  record Lambda(Span span, List<Name> parameters, Optional<Name> rest, Expression body)
      implements Expression {
    public Lambda {
      parameters = List.copyOf(parameters);
    }

    /** Whether a parameter of this name ignores its argument. */
    public static boolean ignores(Name parameter) {
      return parameter.text().equals("_");
    }
  }

  /**
   * A short lambda such as {@code .a + .b}: a function of one parameter, which every {@link
   * Receiver} in {@code body} that is not inside a nested short lambda or projection refers to.
   */
  record ShortLambda(Span span, Expression body) implements Expression {}

  /**
   * The implicit receiver of a leading-dot term: the parameter of the nearest enclosing {@link
   * ShortLambda}, or the projected value if a {@link Projection} element is nearer. Its span is
   * empty and lies where the term starts.
   */
  record Receiver(Span span) implements Expression {}

  /** {@code operator operand}. */
  record Unary(Span span, UnaryOperator operator, Span operatorSpan, Expression operand)
      implements Expression {}

  /** {@code left operator right}, the lazy operators and {@code isa} included. */
  record Binary(
      Span span, BinaryOperator operator, Span operatorSpan, Expression left, Expression right)
      implements Expression {}

  /**
   * A head followed by at least one postfix step. The head is never itself a chain: a chain in
   * parentheses is a {@link Parenthesized} head. An optional step skips the rest of this chain
   * only.
   */
  record Chain(Span span, Expression head, List<Step> steps) implements Expression {
    public Chain {
      steps = List.copyOf(steps);
    }

    /** The span of the receiver of step {@code index}, see {@link Step}. */
    public Span receiverSpan(int index) {
      return index == 0 ? head.span() : steps.get(index - 1).span();
    }
  }

  /**
   * {@code projected { a, b: value, c { d } }}. The short forms are already expanded: {@code a} is
   * {@code a: .a} and {@code c { d }} is {@code c: .c { d }}. Inside an element's value {@link
   * Receiver} means the projected value. Names may repeat; the last one wins.
   *
   * @param span from the start of the projected expression to the closing brace
   */
  record Projection(Span span, Expression projected, List<Element> elements) implements Expression {
    public Projection {
      elements = List.copyOf(elements);
    }

    /** One element of a projection. */
    public record Element(Name name, Expression value) {}
  }
}
