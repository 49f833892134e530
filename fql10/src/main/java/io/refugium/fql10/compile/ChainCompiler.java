package io.refugium.fql10.compile;

import io.refugium.fql10.runtime.Arity;
import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Frame;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.Node;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Step;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;

/**
 * Compiles chains of postfix steps (language specification, section 5.9). The steps of a chain run
 * in a loop, so that a long chain does not need a deep stack and an optional step can skip the
 * rest.
 */
final class ChainCompiler {
  private final Compiler compiler;

  ChainCompiler(Compiler compiler) {
    this.compiler = compiler;
  }

  /** One step, applied to the value so far. */
  @FunctionalInterface
  private interface Link {
    Value apply(Frame frame, Value value);
  }

  Node compile(Expression.Chain chain) {
    Node head = compiler.node(chain.head());
    int count = chain.steps().size();
    Link[] links = new Link[count];
    boolean[] optional = new boolean[count];
    boolean[] unskippable = new boolean[count];
    Span[] receivers = new Span[count];
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      Step step = chain.steps().get(i);
      receivers[i] = i == 0 ? Spans.origin(chain.head()) : chain.receiverSpan(i);
      links[i] = link(step, receivers[i]);
      optional[i] = step.optional();
      unskippable[i] = step instanceof Step.NonNull;
      names[i] = nameOf(step);
    }
    if (count == 1 && !optional[0]) {
      Link only = links[0];
      return frame -> only.apply(frame, head.evaluate(frame));
    }
    return frame -> {
      Value value = head.evaluate(frame);
      boolean skipping = false;
      for (int i = 0; i < count; i++) {
        if (skipping && !unskippable[i]) {
          continue;
        }
        skipping = false;
        if (optional[i] && isSkipped(frame.context(), value, names[i], receivers[i])) {
          value = asNull(frame.context(), value, receivers[i]);
          skipping = true;
        } else {
          value = links[i].apply(frame, value);
        }
      }
      return value;
    };
  }

  private static String nameOf(Step step) {
    return switch (step) {
      case Step.Select select -> select.name().text();
      case Step.Invoke invoke -> invoke.name().text();
      default -> "";
    };
  }

  // What can be asked of a document that cannot be seen is asked behind ?. too.
  private static boolean isSkipped(QueryContext context, Value value, String name, Span receiver) {
    return switch (Kind.of(value)) {
      case NULL -> true;
      case DOCUMENT ->
          !context.environment().documents().isAlwaysKnown(value, name)
              && Chains.isNullish(context, value, "Reading a field", receiver);
      default -> false;
    };
  }

  private static Value asNull(QueryContext context, Value value, Span receiver) {
    return Kind.isNull(value)
        ? value
        : new Null(context.environment().documents().missing(context, value), receiver);
  }

  private Link link(Step step, Span receiver) {
    return switch (step) {
      case Step.Select select -> {
        String name = select.name().text();
        Span place = select.span();
        yield (frame, value) -> Chains.select(frame.context(), value, name, receiver, place);
      }
      case Step.Invoke invoke -> invoke(invoke, receiver);
      case Step.Call call -> call(call);
      case Step.Access access -> access(access, receiver);
      case Step.NonNull nonNull -> {
        Span place = receiver.to(nonNull.span());
        yield (frame, value) -> nonNull(frame.context(), value, place);
      }
    };
  }

  private Link invoke(Step.Invoke step, Span receiver) {
    String name = step.name().text();
    Span place = step.name().span();
    Span span = step.span();
    Node[] arguments = compiler.nodes(step.arguments());
    return (frame, value) -> {
      QueryContext context = frame.context();
      Method method = Chains.method(context, value, name, receiver, place);
      if (method != null) {
        return method.invoke(context, value, Compiler.evaluate(arguments, frame), span);
      }
      Value field = Chains.select(context, value, name, receiver, place);
      requireCallable(value, field, name, place);
      return callValue(frame, field, arguments, span);
    };
  }

  private static void requireCallable(Value value, Value field, String name, Span place) {
    if (field instanceof FunctionValue
        || (field instanceof Module module && module.constructor().isPresent())) {
      return;
    }
    boolean absent =
        value instanceof ObjectValue object
            ? !object.has(name)
            : field instanceof Null found && found.cause().equals(NullCause.missingField(name));
    throw (absent ? Errors.noSuchFunction(name, value) : Errors.notCallable(name, field)).at(place);
  }

  private Link call(Step.Call step) {
    Span span = step.span();
    Node[] arguments = compiler.nodes(step.arguments());
    return (frame, value) -> callValue(frame, value, arguments, span);
  }

  private static Value callValue(Frame frame, Value callee, Node[] arguments, Span span) {
    return switch (callee) {
      case FunctionValue function ->
          atOrigin(
              Calls.invoke(frame.context(), function, Compiler.evaluate(arguments, frame), span),
              span);
      case Module module when module.constructor().isPresent() ->
          module
              .constructor()
              .get()
              .invoke(frame.context(), module, Compiler.evaluate(arguments, frame), span);
      default -> throw Errors.expectedFunction(callee).at(span);
    };
  }

  private static Value atOrigin(Value result, Span span) {
    return result instanceof Null found ? found.orAt(span) : result;
  }

  private Link access(Step.Access step, Span receiver) {
    Span span = step.span();
    Node[] arguments = compiler.nodes(step.arguments());
    return (frame, value) -> {
      frame.context().compute(1);
      Chains.requireAccess(frame.context(), value, receiver, span);
      Value[] values = Compiler.evaluate(arguments, frame);
      if (values.length != 1) {
        throw Errors.wrongArity(Arity.exactly(1), values.length).at(span);
      }
      return Chains.access(frame.context(), value, values[0], receiver, span);
    };
  }

  private static Value nonNull(QueryContext context, Value value, Span place) {
    NullCause cause = causeOf(context, value, place);
    if (cause == null) {
      return value;
    }
    QueryFailure failure = Errors.nullValue(cause).at(place);
    boolean elsewhere =
        value instanceof Null found && found.origin() != null && !found.origin().overlaps(place);
    throw elsewhere ? failure.becauseOf(value) : failure;
  }

  private static NullCause causeOf(QueryContext context, Value value, Span place) {
    return switch (Kind.of(value)) {
      case NULL -> value instanceof Null found ? found.cause() : NullCause.LITERAL;
      case DOCUMENT -> Chains.missing(context, value, "`!`", place);
      default -> null;
    };
  }
}
