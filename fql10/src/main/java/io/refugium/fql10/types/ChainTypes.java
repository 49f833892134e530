package io.refugium.fql10.types;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Step;
import java.util.List;

/** Chains of postfix steps, with their optional links (language specification, section 8.5). */
final class ChainTypes {
  private final Expressions expressions;
  private final Definitions definitions;
  private final Selections selections;
  private final Calls calls;
  private final Accesses accesses;

  ChainTypes(
      Expressions expressions,
      Definitions definitions,
      Selections selections,
      Calls calls,
      Accesses accesses) {
    this.expressions = expressions;
    this.definitions = definitions;
    this.selections = selections;
    this.calls = calls;
    this.accesses = accesses;
  }

  Type typeOf(Expression.Chain chain, Scope scope) {
    Type type = expressions.typeOf(chain.head(), scope);
    Span receiver = chain.head().span();
    boolean skippable = false;
    for (Step step : chain.steps()) {
      if (step.optional()) {
        type = definitions.withoutNull(type);
        skippable = true;
      }
      if (step instanceof Step.NonNull) {
        skippable = false;
      }
      type = step(step, type, receiver, scope);
      receiver = receiver.to(step.span());
    }
    return skippable ? Unions.of(type, Type.NULL) : type;
  }

  private Type step(Step step, Type type, Span receiver, Scope scope) {
    return switch (step) {
      case Step.NonNull _ -> definitions.withoutNull(type);
      case Step.Select select -> selections.select(type, select.name(), receiver, false);
      case Step.Invoke invoke -> invoke(invoke, type, receiver, scope);
      case Step.Call call -> {
        List<Type> arguments = expressions.typesOf(call.arguments(), scope);
        yield calls.call(type, Calls.Site.of(arguments, call.arguments(), receiver, call.span()));
      }
      case Step.Access access -> access(access, type, receiver, scope);
    };
  }

  private Type invoke(Step.Invoke invoke, Type type, Span receiver, Scope scope) {
    Type method = selections.select(type, invoke.name(), receiver, true);
    List<Type> arguments = expressions.typesOf(invoke.arguments(), scope);
    Span callee = receiver.to(invoke.name().span());
    return calls.call(method, Calls.Site.of(arguments, invoke.arguments(), callee, invoke.span()));
  }

  private Type access(Step.Access access, Type type, Span receiver, Scope scope) {
    List<Type> arguments = expressions.typesOf(access.arguments(), scope);
    Expression key = access.arguments().size() == 1 ? access.arguments().getFirst() : null;
    return accesses.access(
        type, key, Calls.Site.of(arguments, access.arguments(), receiver, access.span()));
  }
}
