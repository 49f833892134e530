package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.GrownArray;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of the standard library: a method of a kind of values, a function of a module, or a
 * global function. Declared once, with everything that dispatcher, type checker and documentation
 * need to know.
 *
 * @param overloads at least one, all of the same name; the first that accepts the arguments is
 *     taken
 * @param doc one line that says what it does
 */
public record Method(
    String name, List<Overload> overloads, Arity arity, Effect effect, String doc) {
  /** What an array takes that shares its elements with others. */
  private static final long GROWN_BYTES = 64;

  /** One way to call a function. */
  public record Overload(Signature signature, Body body) {}

  /** What a function does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Computes the result.
     *
     * @param self the receiver of a method, the module of a module function
     * @param arguments converted to the types of the parameters
     */
    Value apply(Call call, Value self, Value[] arguments);
  }

  public Method {
    overloads = List.copyOf(overloads);
  }

  /** A function with one signature. */
  public static Method of(String notation, Effect effect, String doc, Body body) {
    return of(List.of(new Overload(Signature.parse(notation), body)), effect, doc);
  }

  static Method of(List<Overload> overloads, Effect effect, String doc) {
    return new Method(
        overloads.getFirst().signature().name(), overloads, arityOf(overloads), effect, doc);
  }

  /** This function with one more overload at the end. */
  Method or(Overload overload) {
    List<Overload> all = new ArrayList<>(overloads);
    all.add(overload);
    return of(all, effect, doc);
  }

  /**
   * Checks the arguments and calls the function.
   *
   * @param span the argument list; the place of every failure in here
   */
  public Value invoke(QueryContext context, Value self, Value[] arguments, Span span) {
    try {
      return apply(context, self, arguments, span);
    } catch (QueryFailure failure) {
      throw failure.at(span);
    }
  }

  /** The same without the place in failures. */
  Value apply(QueryContext context, Value self, Value[] arguments, Span span) {
    Overload overload = select(arguments);
    if (effect != Effect.PURE) {
      context.require(effect, "`" + name + "`");
    }
    context.compute(1);
    Call call = new Call(context, span, name);
    Value result = context.stack().call(1, () -> overload.body().apply(call, self, arguments));
    return switch (result) {
      case Null found -> found.orAt(span);
      case StringValue(String text) -> counted(context, result, 2L * text.length());
      case ArrayValue(GrownArray grown) ->
          counted(context, context.built(result), GROWN_BYTES + 8L * grown.own());
      case ArrayValue(List<Value> values) ->
          counted(context, context.built(result), 8L * values.size());
      case ObjectValue _ -> context.built(result);
      default -> result;
    };
  }

  private static Value counted(QueryContext context, Value result, long bytes) {
    context.allocate(bytes);
    return result;
  }

  private Overload select(Value[] arguments) {
    if (overloads.size() == 1) {
      Overload only = overloads.getFirst();
      checkArity(only.signature().accepts(arguments.length), arguments);
      convert(only.signature(), arguments);
      return only;
    }
    checkArity(arity.accepts(arguments.length), arguments);
    for (Overload overload : overloads) {
      if (overload.signature().accepts(arguments.length)
          && convertible(overload.signature(), arguments)) {
        convert(overload.signature(), arguments);
        return overload;
      }
    }
    throw Errors.expectedArguments(
        name.isEmpty() ? "apply" : name,
        overloads.stream()
            .map(Overload::signature)
            .filter(signature -> signature.accepts(arguments.length))
            .map(Signature::describe)
            .toList(),
        arguments);
  }

  private void checkArity(boolean accepted, Value[] arguments) {
    if (!accepted) {
      throw Errors.wrongArity(arity, arguments.length);
    }
  }

  private static boolean convertible(Signature signature, Value[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (signature.parameter(i).type().accept(arguments[i]) == null) {
        return false;
      }
    }
    return true;
  }

  private static void convert(Signature signature, Value[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Parameter parameter = signature.parameter(i);
      Value converted = parameter.type().accept(arguments[i]);
      if (converted == null) {
        throw Errors.expectedArgument(parameter.name(), parameter.type().typeName(), arguments[i]);
      }
      arguments[i] = converted;
    }
    for (int i = 0; i < arguments.length; i++) {
      Parameter parameter = signature.parameter(i);
      if (parameter.callbackArguments() >= 0) {
        checkCallback(parameter, (FunctionValue) arguments[i]);
      }
    }
  }

  private static void checkCallback(Parameter parameter, FunctionValue function) {
    if (!function.arity().accepts(parameter.callbackArguments())) {
      throw Errors.callbackArity(
          parameter.callbackName(), parameter.callbackArguments(), function.arity());
    }
  }

  private static Arity arityOf(List<Overload> overloads) {
    List<Integer> counts =
        overloads.stream()
            .map(overload -> overload.signature().parameters().size())
            .distinct()
            .sorted()
            .toList();
    boolean variadic = overloads.stream().anyMatch(overload -> overload.signature().rest() != null);
    return new Arity(variadic ? counts.subList(0, 1) : counts, variadic);
  }
}
