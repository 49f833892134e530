package io.refugium.cli;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Predicates around "a field equals the caller or a constant": mostly that, with something about it
 * that may make a difference.
 */
final class PredicateGrammar {
  private static final String V4_FIELD = "{'select':['data','%s'],'from':{'get':{'var':'r'}}}";

  private PredicateGrammar() {}

  // ---------------------------------------------------------------- FQL v10

  /** Predicates in FQL v10; not all of them parse. */
  static Arbitrary<String> v10() {
    Arbitrary<String> parameter =
        Arbitraries.of("d", "d", "d", "d", "doc", "Query", "User", "_", "owner");
    Arbitrary<String> lambda =
        Arbitraries.of(
            "P => %s",
            "P => %s",
            "P => %s",
            "(P) => %s",
            "(P => %s)",
            "P => { %s }",
            "P => Q => %s",
            "(P, q) => %s",
            "(P, ...q) => %s",
            "(...P) => %s",
            "{ P => %s }",
            "(%s)",
            "(%s)");
    return Combinators.combine(lambda, parameter, v10Condition(2))
        .as(
            (form, name, body) -> {
              String text = form.formatted(body);
              return form.equals("(%s)")
                  ? text.replaceAll("\\bP\\.", ".")
                  : text.replaceAll("\\bP\\b", name);
            });
  }

  /** A comparison, or one or two conditions with something around or between them. */
  private static Arbitrary<String> nested(
      Arbitrary<String> comparison,
      Arbitrary<String> inner,
      Arbitrary<String> around,
      Arbitrary<String> between) {
    return Arbitraries.frequencyOf(
        Tuple.of(4, comparison),
        Tuple.of(2, Combinators.combine(around, inner).as(String::formatted)),
        Tuple.of(1, Combinators.combine(between, inner, inner).as(String::formatted)));
  }

  private static Arbitrary<String> v10Condition(int depth) {
    Arbitrary<String> plain =
        Combinators.combine(
                Arbitraries.of("%1$s == %2$s", "%2$s == %1$s"),
                Arbitraries.of(PredicateWorld.FIELDS).map("P.%s"::formatted),
                Arbitraries.of("Query.identity()", "Query.identity()", "'open'", "true"))
            .as(String::formatted);
    Arbitrary<String> odd =
        Combinators.combine(v10Side(), Arbitraries.of("==", "==", "==", "==", "!="), v10Side())
            .as("%s %s %s"::formatted);
    Arbitrary<String> comparison = Arbitraries.oneOf(plain, odd);
    if (depth == 0) {
      return comparison;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> v10Condition(depth - 1));
    Arbitrary<String> around =
        Arbitraries.of(
            "(%s)",
            "{ %s }",
            "!(%s)",
            "(%s) == true",
            "true == (%s)",
            "if (%s) true else false",
            "{ let P = User('1'); %s }",
            "{ let Query = { identity: () => User('1') }; %s }",
            "[P].any(P => %s)",
            "{ let x = 1; %s }",
            "(%s)!",
            "(%s) ?? true");
    Arbitrary<String> between = Arbitraries.of("(%s) && %s", "%s && %s", "%s || (%s)");
    return nested(comparison, inner, around, between);
  }

  private static Arbitrary<String> v10Side() {
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of(
                    "P.%s",
                    "P.%s",
                    "P.%s",
                    "P.%s",
                    "P.%s",
                    "P?.%s",
                    "P.data.%s",
                    "P['%s']",
                    "(P).%s",
                    "(P.%s)",
                    "{ P }.%s",
                    "P!.%s",
                    "P.%s!",
                    "P.%s?.id",
                    "User('1').%s",
                    "P.%s()"),
                Arbitraries.of(PredicateWorld.FIELDS))
            .as(String::formatted);
    Arbitrary<String> owner = Arbitraries.of("P.owner", "P.owner", "P.state", "P.shown");
    Arbitrary<String> identity =
        Arbitraries.of(
            "Query.identity()",
            "Query.identity()",
            "Query.identity()",
            "(Query.identity())",
            "{ Query.identity() }",
            "Query.identity()!",
            "Query.identity()?.id",
            "Query.identity",
            "Query.token()",
            "Query.identity(1)",
            "Query?.identity()",
            "Query.identity().owner");
    Arbitrary<String> constant =
        Arbitraries.of(
            "'open'",
            "'open'",
            "\"open\"",
            "true",
            "true",
            "false",
            "null",
            "1",
            "1.0",
            "-0.0",
            "Math.NaN",
            "''",
            "\"op#{'en'}\"",
            "('open')",
            "User('1')",
            "User('3')",
            "User('99')",
            "['open']",
            "{ id: 'open' }",
            "true!",
            "'open'!",
            "P",
            "abort('x')");
    return Arbitraries.frequencyOf(
        Tuple.of(2, field), Tuple.of(3, owner), Tuple.of(3, identity), Tuple.of(2, constant));
  }

  // ---------------------------------------------------------------- FQL v4

  /** Predicates in FQL v4, as JSON; not all of them are accepted. */
  static Arbitrary<String> v4() {
    Arbitrary<String> parameter =
        Arbitraries.of("'r'", "'r'", "'r'", "'r'", "['r']", "'_'", "['r','s']", "'x'");
    return Combinators.combine(parameter, v4Condition(2))
        .as("{'lambda':%s,'expr':%s}"::formatted)
        .map(text -> text.replace('\'', '"'));
  }

  private static Arbitrary<String> v4Condition(int depth) {
    Arbitrary<String> plain =
        Combinators.combine(
                Arbitraries.of("{'equals':[%1$s,%2$s]}", "{'equals':[%2$s,%1$s]}"),
                Arbitraries.of(PredicateWorld.FIELDS).map(V4_FIELD::formatted),
                Arbitraries.of("{'identity':null}", "{'current_identity':null}", "'open'", "true"))
            .as(String::formatted);
    Arbitrary<String> odd =
        Combinators.combine(
                Arbitraries.of(
                    "{'equals':[%s,%s]}",
                    "{'equals':[%s,%s]}",
                    "{'equals':[%s,%s]}",
                    "{'equals':[%s,%s]}",
                    "{'equals':[%s,%s,true]}",
                    "{'lte':[%s,%s]}",
                    "{'contains_value':%s,'in':%s}"),
                v4Side(),
                v4Side())
            .as(String::formatted);
    Arbitrary<String> comparison = Arbitraries.oneOf(plain, odd);
    if (depth == 0) {
      return comparison;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> v4Condition(depth - 1));
    Arbitrary<String> around =
        Arbitraries.of(
            "{'and':[%s]}",
            "{'and':%s}",
            "{'or':[%s]}",
            "{'not':%s}",
            "{'equals':%s}",
            "{'equals':[%s,true]}",
            "{'do':[%s]}",
            "{'if':%s,'then':true,'else':false}",
            "{'let':[{'r':{'ref':{'collection':'User'},'id':'1'}}],'in':%s}",
            "{'let':{'x':{'var':'r'}},'in':%s}",
            "{'let':[{'x':'open'},{'y':{'identity':null}}],'in':%s}",
            "{'let':{'y':{'abort':'no'}},'in':%s}",
            "{'let':[],'in':%s}");
    Arbitrary<String> between = Arbitraries.of("{'and':[%s,%s]}", "{'or':[%s,%s]}");
    return nested(comparison, inner, around, between);
  }

  private static Arbitrary<String> v4Side() {
    Arbitrary<String> path =
        Arbitraries.of(PredicateWorld.FIELDS)
            .flatMap(
                name ->
                    Arbitraries.of(
                            "['data','%s']",
                            "['data','%s']",
                            "['data','%s','id']",
                            "['data',['%s']]",
                            "['%s']",
                            "'%s'",
                            "['data','%s',0]",
                            "['data',{'concat':['%s']}]",
                            "[{'var':'x'},'%s']")
                        .map(form -> form.formatted(name)));
    Arbitrary<String> from =
        Arbitraries.of(
            "{'get':{'var':'r'}}",
            "{'get':{'var':'r'}}",
            "{'get':{'var':'r'}}",
            "{'var':'r'}",
            "{'get':{'var':'x'}}",
            "{'get':{'var':'r'},'ts':1}",
            "{'get':{'ref':{'collection':'User'},'id':'1'}}",
            "{'get':{'select':['ref'],'from':{'get':{'var':'r'}}}}");
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of(
                    "{'select':%s,'from':%s}", "{'select':%s,'from':%s}",
                    "{'select':%s,'from':%s,'default':'open'}", "{'select_all':%s,'from':%s}"),
                path,
                from)
            .as(String::formatted);
    Arbitrary<String> owner =
        Arbitraries.of("owner", "owner", "state", "shown").map(V4_FIELD::formatted);
    Arbitrary<String> identity =
        Arbitraries.of(
            "{'identity':null}",
            "{'identity':null}",
            "{'current_identity':null}",
            "{'identity':'x'}",
            "{'identity':{'abort':'no'}}",
            "{'has_current_identity':null}",
            "{'has_identity':null}",
            "{'current_token':null}",
            "{'var':'y'}",
            "{'select':['id'],'from':{'identity':null}}");
    Arbitrary<String> constant =
        Arbitraries.of(
            "'open'",
            "'open'",
            "true",
            "true",
            "false",
            "null",
            "1",
            "1.0",
            "-0.0",
            "''",
            "{'var':'x'}",
            "{'ref':{'collection':'User'},'id':'1'}",
            "{'ref':{'collection':'User'},'id':'99'}",
            "['open']",
            "{'object':{'id':'open'}}",
            "{'abort':'no'}",
            "{'has_current_identity':null}",
            "{'exists':{'var':'r'}}");
    return Arbitraries.frequencyOf(
        Tuple.of(2, field), Tuple.of(3, owner), Tuple.of(3, identity), Tuple.of(2, constant));
  }
}
