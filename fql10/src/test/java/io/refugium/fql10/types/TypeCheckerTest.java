package io.refugium.fql10.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The checker against recorded answers, and what it must not refuse. */
class TypeCheckerTest {

  private static Expression parse(String text) {
    return Parser.query(Source.query(text))
        .orThrow(errors -> new IllegalArgumentException(text + errors));
  }

  private static TypeChecker.Result check(String query) {
    return TypeChecker.query(parse(query), TestLibrary.ENVIRONMENT, Bindings.NONE);
  }

  private static List<String> messages(String query) {
    return check(query).errors().stream().map(Diagnostic::message).toList();
  }

  @TestFactory
  Stream<DynamicTest> answersAreAsRecorded() throws IOException {
    try (InputStream in = TypeCheckerTest.class.getResourceAsStream("recorded.json")) {
      JsonNode cases = new ObjectMapper().readTree(in);
      return StreamSupport.stream(cases.spliterator(), false)
          .map(
              node ->
                  DynamicTest.dynamicTest(
                      node.get("id").asString() + " " + node.get("query").asString(),
                      () -> assertRecorded(node)))
          .toList()
          .stream();
    }
  }

  private static void assertRecorded(JsonNode node) {
    TypeChecker.Result result = check(node.get("query").asString());
    String errors = DiagnosticRenderer.renderAll(result.errors());
    if (node.has("summary")) {
      assertThat(errors).isEqualTo(node.get("summary").asString());
    } else {
      assertThat(errors).isEmpty();
      assertThat(result.type()).hasToString(node.get("type").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, \"a\"].map(x => x)",
        "let x: Any = 1; x.foo.bar()",
        "Author.all().map(a => a.whatever.deep)",
        "{ a: 1 } == \"x\"",
        "1 < \"a\"",
        "[].first()",
        "[].map(x => x.foo.bar())",
        "x => x.foo",
        "(if (true) 1 else \"a\") == 1",
        "Author.byId(\"1\")?.name",
        "Author.byId(\"1\") { name }",
        "Author.byId(\"1\") == null",
        "Author.byId(\"1\").exists()",
        "[1, 2].fold({}, (acc, x) => acc)",
        "[1, 2].fold(null, (acc, x) => if (acc == null) x else acc! + x)",
        "[1, 2].fold([], (acc, x) => acc.append(x))",
        "abort(\"x\").foo",
        "[1][5]",
        "null[0]",
        "[1].where(x => null)",
        "let f = x => x; [f(1), f(\"a\")]",
        "[x => x.a].map(f => f({ a: 1 }))",
        "Author.where(.born > 1 && .name == \"x\")",
        "Author.byId(1)",
        "let u = Author.byId(\"1\"); if (u != null) u!.name",
        "(f => f(f))(f => f(f))",
        "let twice = f => x => f(f(x)); twice(x => x + 1)(2)",
        "[1, 2].includes(\"a\")",
        "[1].order(.toString())",
        "let x: Number | String = 1; Math.abs(1)",
        "add1(Author(\"1\")!.age)",
      })
  void correctQueriesAreNotRefused(String query) {
    assertThat(DiagnosticRenderer.renderAll(check(query).errors())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '~',
      value = {
        "[x => x.foo] @ [{ foo: A, ... } => A]",
        "x => y => [x, y] @ A => B => [A, B]",
        "x => y => x + y @ (Number => Number => Number) & (String => String => String)",
        "x => Math.abs(x) @ Number => Number",
        "x => x.a.b @ { a: { b: A, ... }, ... } => A",
        "(f, x) => f(x) @ (A => B, A) => B",
        "(...xs) => xs @ (...A) => Array<A>",
        "let f: A => A = x => x; [f(1), f(\"a\")] @ [1, \"a\"]",
        "[1, 2].fold(0, (a, x) => a + x) @ Number",
        "[3, 1, 2].reduce((a, b) => a + b) @ Number | Null",
        "Author.all().first() { name } @ { name: Any } | Null",
        "let k = \"a\"; { a: 1, b: \"x\" }[k] @ 1 | \"x\" | Null",
      })
  void typesAreInferred(String query, String type) {
    assertThat(messages(query)).isEmpty();
    assertThat(check(query).type()).hasToString(type);
  }

  @Test
  void bodiesOfLambdasThatNobodyCallsAreChecked() {
    assertThat(messages("let f = x => 1.nope; 2"))
        .containsExactly("Type `Int` does not have field `nope`");
    assertThat(messages("let f = x => y => nope; 2")).containsExactly("Unbound variable `nope`");
    assertThat(messages("let x: Any = 1; x(y => nope)")).containsExactly("Unbound variable `nope`");
  }

  @Test
  void aFunctionAsResultIsSuspicious() {
    Diagnostic warning = check("let f = x => x\nf").warnings().getFirst();
    assertThat(DiagnosticRenderer.render(warning))
        .isEqualTo(
            """
            warning: Function is not called.
            at *query*:2:1
              |
            2 | f
              | ^
              |
            hint: Call the function.
              |
            2 | f()
              |  ++
              |""");
    assertThat(check("1").warnings()).isEmpty();
  }

  @Test
  void mismatchesInCallbacksSayWhatTheCallbackNeeds() {
    Diagnostic error = check("[\"a\"].map(x => x + 1)").errors().getFirst();
    assertThat(error.message())
        .isEqualTo("Type `Number => Number` is not a subtype of `\"a\" => Any`");
    assertThat(error.hints())
        .extracting(Hint::message)
        .containsExactly("Type `String` is not a subtype of `Number`");
  }

  @Test
  void valuesOfTheRequestHaveTheirTypes() {
    Expression query = parse("x.a");
    Type value = Type.struct(Map.of("a", Type.string("s")));
    Bindings bindings = new Bindings(Map.of("x", value), List.of());
    assertThat(TypeChecker.query(query, TestLibrary.ENVIRONMENT, bindings).type())
        .hasToString("\"s\"");
  }

  @Test
  void storedFunctionsAreInferredAndCheckedAgainstSignatures() {
    Expression body = parse("x => x + 1");
    assertThat(TypeChecker.infer(body, TestLibrary.ENVIRONMENT).type())
        .hasToString("Number => Number");
    Type declared = Signatures.type("String => Number");
    assertThat(TypeChecker.check(body, declared, TestLibrary.ENVIRONMENT).errors())
        .extracting(Diagnostic::message)
        .containsExactly("Type `Number => Number` is not a subtype of `String => Number`");
    assertThat(
            TypeChecker.check(body, Signatures.type("Int => Number"), TestLibrary.ENVIRONMENT)
                .errors())
        .isEmpty();
  }

  @Test
  void workIsBounded() {
    String doubled = "let f0 = x => x\n";
    for (int i = 1; i < 40; i++) {
      doubled += "let f" + i + " = x => f" + (i - 1) + "(f" + (i - 1) + "(x))\n";
    }
    assertThat(messages(doubled + "f39(1)")).isEmpty();
    assertThat(messages("1" + " + 1".repeat(1000))).isEmpty();
    assertThat(messages("[".repeat(200) + "]".repeat(200))).isEmpty();
    assertThat(check("[" + "1, ".repeat(100) + "\"a\"].map(x => x)").type())
        .hasToString("Array<1 | \"a\">");
  }

  @Test
  void largeUnionsAreWidened() {
    String values =
        IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    assertThat(check("[" + values + "].map(x => x)").type()).hasToString("Array<Int>");
    String objects =
        IntStream.range(0, 1000)
            .mapToObj(i -> "{ a" + i + ": 1 }")
            .collect(Collectors.joining(", "));
    assertThat(check("[" + objects + "].map(x => x)").type()).hasToString("Array<Any>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(f => f(f))(f => f(f))",
        "(f => [[[[[[[[[[[[[[[[[[[[f(f)]]]]]]]]]]]]]]]]]]]])(f => [[[[[[[[f(f)]]]]]]]])",
        "(f => [1].map(x => [1].map(y => f(f))))(f => [1].map(x => [1].map(y => f(f))))",
        "(f => [1].fold(f, (a, x) => [2].fold(a, (b, y) => f(f))))(f => [1].map(x => f(f)))",
      })
  void aSmallStackIsEnough(String query) throws InterruptedException {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(null, () -> assertThat(messages(query)).isEmpty(), "small", 512 * 1024);
    thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }
}
