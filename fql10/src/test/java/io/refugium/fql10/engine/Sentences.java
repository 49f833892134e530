package io.refugium.fql10.engine;

import java.util.List;
import java.util.Random;

/**
 * Random queries that mostly parse: values, members of all kinds and operators put together without
 * regard to sense.
 */
final class Sentences {
  /** What the queries are asked of. */
  static final List<String> FIXTURE =
      List.of(
          "Collection.create({ name: 'Author', indexes: { byName: { terms: [{ field: 'name' }],"
              + " values: [{ field: 'born' }] } }, constraints: [{ unique: ['email'] }] })",
          "Collection.create({ name: 'Product', alias: 'Ware', fields: { name: { signature:"
              + " 'String' }, price: { signature: 'Number' }, maker: { signature: 'Ref<Author>?' } },"
              + " computed_fields: { label: { body: 'p => p.name + \"!\"' } } })",
          "Function.create({ name: 'add1', body: 'x => x + 1' })",
          "Function.create({ name: 'deep', signature: 'Number => Number', body:"
              + " 'x => if (x == 0) 0 else 1 + deep(x - 1)' })",
          "Author.create({ id: 1, name: 'Ann', born: 1950 }); Author.create({ id: 2, name: 'Bob' })",
          "Product.create({ id: 10, name: 'Pen', price: 2.5, maker: Author('1') })");

  static final List<String> TOKENS =
      List.of(
          "if",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          "let x = ",
          "x",
          "=>",
          ",",
          ":",
          ";",
          "\n",
          ".",
          "?.",
          "!",
          "\"",
          "'",
          "#{",
          "1",
          "1.5",
          "-1",
          "null",
          "9999999999",
          "<<+E\n",
          "+",
          " isa ",
          " ?? ",
          "at ",
          "...",
          "*",
          "**",
          "/*",
          "\\u{",
          " ",
          "else",
          "\u0000",
          "é",
          "Author",
          "abort",
          "0.0",
          "x => x",
          ".map(",
          ".all()",
          "(x, ...y) => ",
          "😀",
          "/",
          "%");

  /** Queries that have been trouble, or are close to what could be. */
  static final List<String> SAMPLES =
      List.of(
          "let f = f => f(f); f(f)",
          "(f => f(f))(f => (x, ...y) => f(f))",
          "(f => f(f))(f => x => [f(f), f(f)])",
          "let f = x => [x, x]; f(f(f(f(f(f(f(f(f(f(1))))))))))",
          "deep(5000)",
          "Set.sequence(0, 2147483647).map(x => x * 2).drop(100000).first()",
          "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$')",
          "'a'.replaceAll('', 'b')",
          "'a'.replaceAllRegex('a*', 'b')",
          "[1, 2, 3].map(x => [1, 2, 3].map(y => [x, y]))",
          "Author.all().flatMap(a => Author.all().flatMap(b => Author.all()))",
          "Set.paginate(Author.all().paginate(1).after!)",
          "Product.all() { name, maker { name, born } }",
          "Author.create({ email: 'a', tags: ['x', { y: 1 }] }).update({ tags: null })",
          "Time('2020-01-01T00:00:00Z').add(9223372036854775807, 'days')",
          "Math.round(1e308, -400)",
          "(2 ** 62) * 4 - 9223372036854775807",
          "at (Time.now().subtract(1, 'minute')) { Author.all().first() }",
          "Object.fromEntries([['a', 1], ['a', 2]]) { a, b: .a + 1 }",
          "Credential.byDocument(Collection.byName('Nope'))",
          "Token.byDocument(Collection.byName('Nope')).first()",
          "Author.all({ from: Collection.byName('Nope') })",
          "Token.create({ document: Collection.byName('Nope') })",
          "Author.byName(Collection.byName('Nope'))",
          "Author.create({ other: Collection.byName('Nope') })",
          "Set.single(Collection.byName('Nope')).eventSource()",
          "Collection.byName('Nope') == Collection.byName('Other')",
          "[Collection.byName('Nope'), Role.byName('x'), Author('1')].order()",
          "Author.where(.name == Collection.byName('Nope')).first()",
          "Collection.create({ name: 'Q', indexes: { terms: [] } }).name");

  private static final List<String> VALUES =
      List.of(
          "1",
          "-7",
          "2.5",
          "3000000000",
          "'abc'",
          "\"#{x}\"",
          "true",
          "null",
          "[]",
          "[1, 'a', null]",
          "{}",
          "{ a: 1, b: { c: 'd' } }",
          "Author",
          "Author('1')",
          "Author('9')",
          "Author.all()",
          "Product('10')!",
          "x => x",
          "(x, y) => x + y",
          ".a",
          "Math",
          "Time.now()",
          "Date.today()",
          "newId()",
          "Set.sequence(0, 20)",
          "Author.byName('Ann')",
          "add1",
          "Time.now",
          "Bytes('AQID')",
          "ID('5')",
          "TransactionTime()",
          "Author.definition",
          "desc(.name)",
          "Author.all().eventSource()",
          "Product.all().paginate(1)",
          "x");

  private static final List<String> MEMBERS =
      List.of(
          "a",
          "name",
          "id",
          "length",
          "data",
          "coll",
          "at",
          "map",
          "where",
          "fold",
          "reduce",
          "first",
          "last",
          "order",
          "distinct",
          "concat",
          "take",
          "drop",
          "slice",
          "split",
          "replace",
          "includes",
          "indexOf",
          "toString",
          "toArray",
          "toSet",
          "reverse",
          "paginate",
          "pageSize",
          "flatMap",
          "aggregate",
          "count",
          "isEmpty",
          "exists",
          "update",
          "replaceData",
          "delete",
          "create",
          "byId",
          "all",
          "firstWhere",
          "add",
          "subtract",
          "difference",
          "toMicros",
          "keys",
          "entries",
          "assign",
          "parseInt",
          "matches",
          "splitRegex",
          "casefold",
          "round",
          "mean",
          "insert",
          "foldRight",
          "forEach",
          "any",
          "every",
          "definition",
          "eventsOn",
          "verify");

  private static final List<String> OPERATORS =
      List.of(
          "+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", "|",
          "&", "^", "isa");

  private final Random random;

  Sentences(Random random) {
    this.random = random;
  }

  String next() {
    return "let x = " + expression(2) + "; " + expression(4);
  }

  private String expression(int depth) {
    if (depth == 0) {
      return FuzzTest.any(random, VALUES);
    }
    return switch (random.nextInt(10)) {
      case 0 -> "(" + expression(depth - 1) + ")";
      case 1 -> "[" + arguments(depth - 1) + "]";
      case 2 -> "{ a: " + expression(depth - 1) + ", \"b c\": " + expression(depth - 1) + " }";
      case 3 -> "if (" + expression(depth - 1) + ") " + expression(depth - 1);
      case 4 -> "(" + operation(depth) + ")";
      case 5 -> "(" + expression(depth - 1) + ") { name, a: " + expression(depth - 1) + " }";
      default -> chain(depth);
    };
  }

  private String operation(int depth) {
    return expression(depth - 1)
        + " "
        + FuzzTest.any(random, OPERATORS)
        + " "
        + expression(depth - 1);
  }

  private String chain(int depth) {
    StringBuilder chain = new StringBuilder("(" + expression(depth - 1) + ")");
    for (int steps = 1 + random.nextInt(3); steps > 0; steps--) {
      switch (random.nextInt(6)) {
        case 0 -> chain.append("[").append(expression(depth - 1)).append("]");
        case 1 -> chain.append("!");
        case 2 -> chain.append("?.").append(FuzzTest.any(random, MEMBERS));
        default -> {
          chain.append(".").append(FuzzTest.any(random, MEMBERS));
          if (random.nextInt(4) > 0) {
            chain.append("(").append(arguments(depth - 1)).append(")");
          }
        }
      }
    }
    return chain.toString();
  }

  private String arguments(int depth) {
    int count = random.nextInt(3);
    StringBuilder arguments = new StringBuilder();
    for (int i = 0; i < count; i++) {
      arguments.append(i == 0 ? "" : ", ").append(expression(depth));
    }
    return arguments.toString();
  }
}
