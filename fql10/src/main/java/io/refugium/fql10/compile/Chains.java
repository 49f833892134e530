package io.refugium.fql10.compile;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Library;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NativeFunction;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.ParameterType;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;

/** Selection and access on values of every kind (language specification, section 5.9). */
public final class Chains {
  private Chains() {}

  /**
   * Whether a value is null or a document that cannot be seen.
   *
   * @param action what needs to know that
   * @param place where the value comes from
   */
  static boolean isNullish(QueryContext context, Value value, String action, Span place) {
    return switch (Kind.of(value)) {
      case NULL -> true;
      case DOCUMENT -> missing(context, value, action, place) != null;
      default -> false;
    };
  }

  /** Why a document cannot be seen; null if it can. */
  static NullCause missing(QueryContext context, Value document, String action, Span place) {
    try {
      context.require(Effect.READ, action);
      return context.environment().documents().missing(context, document);
    } catch (QueryFailure failure) {
      throw failure.at(place);
    }
  }

  /**
   * The value of {@code value.name}.
   *
   * @param receiver where the value comes from
   * @param place the name
   */
  public static Value select(
      QueryContext context, Value value, String name, Span receiver, Span place) {
    return switch (value) {
      case ObjectValue object -> field(object.get(name), name, place);
      case Module module -> member(context, module.members(), value, name, place);
      default ->
          switch (Kind.of(value)) {
            case NULL -> ofNull(context, value, name, place);
            case DOCUMENT ->
                context.environment().documents().select(context, value, name, receiver, place);
            default -> member(context, context.library().membersOf(value), value, name, place);
          };
    };
  }

  /** The method that {@code value.name(...)} calls; null if the name is to be read as a field. */
  static Method method(QueryContext context, Value value, String name, Span receiver, Span place) {
    return switch (value) {
      case ObjectValue ignored -> null;
      case Module module -> module.members().method(name);
      default ->
          switch (Kind.of(value)) {
            case NULL -> nullMethod(context, value, name, place);
            case DOCUMENT -> documentMethod(context, value, name, receiver);
            default -> context.library().membersOf(value).method(name);
          };
    };
  }

  /** The value of {@code value[argument]}. */
  static Value access(
      QueryContext context, Value value, Value argument, Span receiver, Span place) {
    return switch (value) {
      case ObjectValue object -> {
        String key = key(argument, place);
        yield field(object.get(key), key, place);
      }
      case ArrayValue array -> {
        int index = index(argument, place);
        if (index < 0 || index >= array.size()) {
          throw Errors.indexOutOfBounds(index, array.size()).at(place);
        }
        yield array.get(index);
      }
      case StringValue(String text) -> character(text, index(argument, place), place);
      default -> select(context, value, key(argument, place), receiver, place);
    };
  }

  /** Fails unless a value of this kind can be accessed with brackets. */
  static void requireAccess(QueryContext context, Value value, Span receiver, Span place) {
    switch (Kind.of(value)) {
      case OBJECT, ARRAY, STRING -> {}
      case DOCUMENT -> context.environment().documents().requireReadable(context, value, receiver);
      case NULL -> throw Errors.nullAccess("[]", value).at(place);
      default -> throw Errors.noSuchFunction("[]", value).at(place);
    }
  }

  private static Value character(String text, int index, Span place) {
    int length = text.codePointCount(0, text.length());
    if (index < 0 || index >= length) {
      throw Errors.indexOutOfBounds(index, length).at(place);
    }
    int start = text.offsetByCodePoints(0, index);
    return new StringValue(text.substring(start, text.offsetByCodePoints(start, 1)));
  }

  private static int index(Value argument, Span place) {
    Value index = ParameterType.INT.accept(argument);
    if (index == null) {
      throw Errors.expectedArgument("index0", "Int", argument).at(place);
    }
    return (int) ((LongValue) index).value();
  }

  private static String key(Value argument, Span place) {
    if (argument instanceof StringValue(String key)) {
      return key;
    }
    throw Errors.expectedArgument("key0", "String", argument).at(place);
  }

  /** A field as a value: what is absent and what is stored as null get a place. */
  public static Value field(Value found, String name, Span place) {
    if (found == null) {
      return Null.missingField(name, place);
    }
    return found == NullValue.NULL ? new Null(NullCause.LITERAL, place) : found;
  }

  private static Value member(
      QueryContext context, Members members, Value self, String name, Span place) {
    Members.Property property = members.property(name);
    if (property != null) {
      return property.getter().get(context, self);
    }
    Method method = members.method(name);
    return method != null ? new NativeFunction(method, self) : Null.missingField(name, place);
  }

  private static Value ofNull(QueryContext context, Value value, String name, Span place) {
    return new NativeFunction(nullMethod(context, value, name, place), value);
  }

  private static Method nullMethod(QueryContext context, Value value, String name, Span place) {
    Library library = context.library();
    Method method = library.membersOf(value).method(name);
    if (method == null) {
      throw Errors.nullAccess(name, value).at(place);
    }
    return method;
  }

  private static Method documentMethod(
      QueryContext context, Value value, String name, Span receiver) {
    Documents documents = context.environment().documents();
    Method method = documents.method(value, name);
    if (method == null || !method.name().equals("exists")) {
      documents.requireReadable(context, value, receiver);
    }
    return method;
  }
}
