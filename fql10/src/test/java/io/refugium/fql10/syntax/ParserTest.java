package io.refugium.fql10.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees, values of literals, and limits. */
class ParserTest {

  private static Expression parse(String text) {
    return Parser.query(Source.query(text))
        .orThrow(errors -> new IllegalArgumentException(errors.toString()));
  }

  private static List<String> messages(String text) {
    return switch (Parser.query(Source.query(text))) {
      case Parsed.Tree<Expression> _ -> List.of();
      case Parsed.Failed<Expression>(List<Diagnostic> errors) ->
          errors.stream().map(Diagnostic::message).toList();
    };
  }

  /** Brackets where the grammar put them. */
  private static String shape(Expression expression) {
    return switch (expression) {
      case Expression.Binary b ->
          "(" + shape(b.left()) + " " + b.operator().symbol() + " " + shape(b.right()) + ")";
      case Expression.Unary u -> "(" + u.operator().symbol() + shape(u.operand()) + ")";
      case Expression.Parenthesized p -> shape(p.inner());
      case Expression.ShortLambda s -> "λ" + shape(s.body());
      case Expression.Receiver _ -> "_";
      case Expression.Chain c ->
          shape(c.head()) + c.steps().stream().map(ParserTest::shape).toList();
      case Expression.Projection p ->
          shape(p.projected()) + p.elements().stream().map(e -> shape(e.value())).toList();
      default -> expression.span().text();
    };
  }

  private static String shape(Step step) {
    String mark = step.optional() ? "?" : "";
    return switch (step) {
      case Step.Select s -> mark + "." + s.name();
      case Step.Invoke i ->
          mark + "." + i.name() + i.arguments().stream().map(ParserTest::shape).toList();
      case Step.Call c -> mark + "()" + c.arguments().stream().map(ParserTest::shape).toList();
      case Step.Access a -> mark + "[]" + a.arguments().stream().map(ParserTest::shape).toList();
      case Step.NonNull _ -> "!";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "2 ** 3 ** 2 @ (2 ** (3 ** 2))",
        "1 - 2 - 3 @ ((1 - 2) - 3)",
        "a ?? b || c && d == e @ (a ?? (b || (c && (d == e))))",
        "1 == 1 isa Boolean @ (1 == (1 isa Boolean))",
        "a | b ^ c & d @ (a | (b ^ (c & d)))",
        "-x ** 2 @ ((-x) ** 2)",
        "-2 ** 2 @ (-2 ** 2)",
        "!x.y @ (!x[.y])",
        "f(.a && (.b || .c)) @ f[()[λ(_[.a] && (_[.b] || _[.c]))]]",
        "f(!(.a)) @ f[()[(!λ_[.a])]]",
        "f((.a / 2).x()) @ f[()[λ(_[.a] / 2)[.x[]]]]",
        "a?.b.c(1)!.d @ a[?.b, .c[1], !, .d]",
        "a ?? b { c, d { e } } @ (a ?? b)[_[.c], _[.d][_[.e]]]",
        "a { b: .c + 1 } @ a[(_[.c] + 1)]",
      })
  void operatorsAndStepsNest(String text, String shape) {
    assertThat(shape(parse(text))).isEqualTo(shape);
  }

  @Test
  void numbersAreTheSmallestKindThatHoldsThem() {
    assertThat(parse("0xff"))
        .isInstanceOfSatisfying(
            Expression.IntLiteral.class, n -> assertThat(n.value()).isEqualTo(255));
    assertThat(parse("- 2147483648")).isInstanceOf(Expression.IntLiteral.class);
    assertThat(parse("2147483648")).isInstanceOf(Expression.LongLiteral.class);
    assertThat(parse("9223372036854775808")).isInstanceOf(Expression.DoubleLiteral.class);
    assertThat(parse("1e3"))
        .isInstanceOfSatisfying(
            Expression.DoubleLiteral.class,
            n -> assertThat(n.exact()).isEqualTo(new BigDecimal("1E+3")));
    assertThat(parse("-0.0"))
        .isInstanceOfSatisfying(
            Expression.DoubleLiteral.class, n -> assertThat(1 / n.value()).isPositive());
    assertThat(parse("1e99999999999999999999"))
        .isInstanceOfSatisfying(
            Expression.DoubleLiteral.class, n -> assertThat(n.value()).isInfinite());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '~',
      value = {
        "\"a\\tb\" @ ~a\tb~",
        "\"\\u00e9\\x41\\u{1F600}\" @ éA😀",
        "'#{1}' @ #{1}",
        "'\\'\"' @ '\"",
      })
  void stringsAreUnescaped(String text, String value) {
    assertThat(parse(text))
        .isInstanceOfSatisfying(
            Expression.StringLiteral.class, s -> assertThat(s.value()).isEqualTo(value));
  }

  @Test
  void heredocsLoseTheirCommonIndentation() {
    assertThat(parse("<<-E\n  a\n\n   b\n  E"))
        .isEqualTo(string("<<-E\n  a\n\n   b\n  E", "a\n\n b\n"));
    assertThat(parse("<<-E\nE")).isEqualTo(string("<<-E\nE", ""));
    assertThat(parse("<<+E\n #{1} x\n   y\n E"))
        .isInstanceOfSatisfying(
            Expression.Interpolation.class,
            s ->
                assertThat(s.parts().getLast())
                    .isEqualTo(new Expression.Interpolation.Part.Text(" x\n  y\n")));
  }

  private static Expression string(String text, String value) {
    return new Expression.StringLiteral(Source.query(text).span(), value);
  }

  @Test
  void templateValuesAreNumberedAndOnlyAtTheirOffsets() {
    Source source = Source.query("[<value>, 1 <value>]");
    QueryText text = QueryText.of(source, new int[] {1});
    assertThat(Parser.query(text)).isInstanceOf(Parsed.Failed.class);
    Source good = Source.query("[<value>, <value>]");
    assertThat(Parser.query(QueryText.of(good, new int[] {1, 10})))
        .isInstanceOfSatisfying(
            Parsed.Tree.class,
            tree ->
                assertThat(((Expression.ArrayLiteral) tree.value()).elements())
                    .containsExactly(
                        new Expression.TemplateValue(good.span(1, 8), 0),
                        new Expression.TemplateValue(good.span(10, 17), 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", "[", "{ a: ", "f(", "-", "!", "x => ", "if (a) ", "{", "\"#{", "2 ** ", "a { b: "
      })
  void deepNestingIsRefused(String opening) {
    assertThat(messages(opening.repeat(100_000))).last().asString().contains("nested too deeply");
    String closing =
        switch (opening.strip()) {
          case "(", "f(" -> ")";
          case "[" -> "]";
          case "{", "{ a:", "a { b:" -> "}";
          case "\"#{" -> "}\"";
          default -> "";
        };
    assertThat(messages(opening.repeat(100) + "1" + closing.repeat(100))).isEmpty();
  }

  @Test
  void longChainsOfOperatorsAreRefused() {
    assertThat(messages("1" + " + 1".repeat(1000))).isEmpty();
    assertThat(messages("1" + " + 1".repeat(100_000))).last().asString().contains("too complex");
  }

  @Test
  void longNumbersAreRefused() {
    assertThat(messages("1" + "0".repeat(100_000))).last().asString().contains("too long");
  }

  @Test
  void defaultsInTypesDependOnTheirParents() {
    TypeExpression.ObjectType type =
        (TypeExpression.ObjectType) schemaType("{ a: Int = 1, b: { c: Int = 2 }?, d: Int = f(1) }");
    assertThat(TypeDefaults.checkField(type, java.util.Optional.empty()))
        .extracting(error -> error.hints().getFirst().message())
        .containsExactly("Parent is nullable");
    assertThat(TypeDefaults.checkForbidden(type)).hasSize(3);
  }

  private static TypeExpression schemaType(String text) {
    TextCursor cursor = TextCursor.at(Source.named("main.fsl", text), 0);
    return new TypeParser(cursor, new ExpressionParser(cursor)).type();
  }
}
