package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an argument of a library function accepts, and what it becomes (spec: FQL v4, 4.3). Kinds
 * that take refs refuse unresolved ones.
 */
@FunctionalInterface
public interface Kind {
  /**
   * The value as the function wants it.
   *
   * @throws Fql4Exception when the value is of another kind
   */
  Value cast(Value value, Place place);

  /** Everything, unresolved refs too. */
  Kind ANY = (value, _) -> value;

  Kind BOOLEAN = exactly("Boolean", BooleanValue.class::isInstance);
  Kind STRING = exactly("String", StringValue.class::isInstance);
  Kind INTEGER = exactly("Integer", LongValue.class::isInstance);
  Kind NUMBER =
      exactly("Number", value -> value instanceof LongValue || value instanceof DoubleValue);
  Kind NULL = exactly("Null", NullValue.class::isInstance);

  /** Objects written by the query or read out of documents; not versions, pages, events. */
  Kind OBJECT = exactly("Object", ObjectValue.class::isInstance);

  Kind ARRAY = exactly("Array", ArrayValue.class::isInstance);
  Kind TEMPORAL =
      exactly("Temporal", value -> value instanceof TimeValue || value instanceof DateValue);

  /** Neither array nor object nor anything that looks like one. */
  Kind SCALAR = (value, place) -> resolved(isScalar(value), "Scalar", value, place);

  /** A time, or microseconds since the epoch. */
  Kind TIME =
      (value, place) ->
          switch (value) {
            case TimeValue time -> time;
            case LongValue micros -> TimeValue.ofMicros(micros.value());
            default -> throw mismatch("Time", value, place);
          };

  /** As {@link #TIME}, or the unresolved time of this transaction. */
  Kind TRANSACTION_TIME =
      (value, place) -> value instanceof TransactionTime ? value : TIME.cast(value, place);

  /** A unit of time, as its singular name. */
  Kind TIME_UNIT =
      (value, place) -> {
        if (value instanceof StringValue text && TimeUnit.of(text.value()) != null) {
          return value;
        }
        throw mismatch("Time Unit", value, place);
      };

  Kind REF = (value, place) -> resolved(value instanceof Ref, "Ref", value, place);
  Kind COLLECTION_REF = refTo(SystemCollections.COLLECTION, "Collection Ref");
  Kind INDEX_REF = refTo(SystemCollections.INDEX, "Index Ref");
  Kind DATABASE_REF = refTo(SystemCollections.DATABASE, "Database Ref");

  /** A name or a ref. */
  Kind STRING_OR_REF =
      (value, place) ->
          resolved(
              value instanceof StringValue || value instanceof Ref, "Identifier", value, place);

  Kind STRING_OR_INDEX = nameOr(SystemCollections.INDEX);
  Kind STRING_OR_FUNCTION = nameOr(SystemCollections.FUNCTION);

  /** A ref or a set. */
  Kind IDENTIFIER =
      (value, place) ->
          resolved(value instanceof Ref || value instanceof SetValue, "Ref or Set", value, place);

  /** A set; the ref of a native collection counts as the set of its members. */
  Kind SET =
      (value, place) -> {
        if (value instanceof Ref ref && !NativeCollections.isNative(ref)) {
          throw mismatch("Set", value, place);
        }
        return resolved(
            value instanceof SetValue || value instanceof Ref, "Ref or Set", value, place);
      };

  /** An array, a page or a set. */
  Kind ITERABLE =
      (value, place) ->
          resolved(
              value instanceof ArrayValue || value instanceof PageValue || isSet(value),
              "Array, Set, or Page",
              value,
              place);

  Kind SET_OR_ARRAY =
      (value, place) -> {
        if (value instanceof PageValue) {
          throw mismatch("Set or Array", value, place);
        }
        return ITERABLE.cast(value, place);
      };

  Kind ARRAY_OR_PAGE =
      (value, place) -> {
        if (value instanceof ArrayValue || value instanceof PageValue) {
          return value;
        }
        throw mismatch("Array or Page", value, place);
      };

  /** As {@link #ARRAY_OR_PAGE}; what is no set either gets the message of {@link #ITERABLE}. */
  Kind MAPPABLE =
      (value, place) ->
          isSet(value) ? ARRAY_OR_PAGE.cast(value, place) : ITERABLE.cast(value, place);

  /** Steps into a value. */
  Kind PATH =
      zeroOrMore(
          exactly(
              "String or Integer",
              value -> value instanceof StringValue || value instanceof LongValue));

  /** A lambda written right there: the parser sees to it. */
  Kind LAMBDA = (value, _) -> value;

  /** A lambda written right there or any expression. */
  Kind LAMBDA_OR_ANY = (value, _) -> value;

  /** An array of values of a kind, or one such value; not empty. */
  static Kind oneOrMore(Kind kind) {
    return (value, place) -> {
      if (value instanceof ArrayValue array && array.size() == 0) {
        throw Errors.emptyArray(place.position());
      }
      return zeroOrMore(kind).cast(value, place);
    };
  }

  /**
   * An array of values of a kind, or one such value: always an array for the function. Every bad
   * element is reported.
   */
  @SuppressWarnings("ReferenceEquality")
  static Kind zeroOrMore(Kind kind) {
    return (value, place) -> {
      if (!(value instanceof ArrayValue array)) {
        return new ArrayValue(List.of(kind.cast(value, place)));
      }
      if (kind == ANY) {
        return array;
      }
      List<Value> elements = new ArrayList<>(array.size());
      List<Fql4Error> errors = null;
      for (int i = 0; i < array.size(); i++) {
        try {
          elements.add(kind.cast(array.get(i), place.element(i)));
        } catch (Fql4Exception failure) {
          errors = Failures.add(errors, failure);
        }
      }
      Failures.throwIfAny(errors);
      return new ArrayValue(elements);
    };
  }

  private static Kind exactly(String name, Predicate<Value> accepts) {
    return (value, place) -> {
      if (accepts.test(value)) {
        return value;
      }
      throw mismatch(name, value, place);
    };
  }

  private static Kind refTo(int collection, String name) {
    return (value, place) ->
        resolved(value instanceof Ref ref && ref.collection() == collection, name, value, place);
  }

  private static Kind nameOr(int collection) {
    return (value, place) ->
        resolved(
            value instanceof StringValue
                || (value instanceof Ref ref && ref.collection() == collection),
            "Identifier",
            value,
            place);
  }

  private static Value resolved(boolean accepted, String name, Value value, Place place) {
    if (accepted) {
      return value;
    }
    if (value instanceof UnresolvedRef ref) {
      throw ref.error(place.position(), place.evaluation().version());
    }
    throw mismatch(name, value, place);
  }

  private static Fql4Exception mismatch(String expected, Value value, Place place) {
    return Errors.wrongKind(place.position(), expected, Types.nameOf(value));
  }

  /** Whether a value is a set or counts as one. */
  static boolean isSet(Value value) {
    return value instanceof SetValue || NativeCollections.isNative(value);
  }

  private static boolean isScalar(Value value) {
    return switch (value) {
      case ArrayValue _, ObjectValue _, io.refugium.model.LambdaValue _, UnresolvedRef _ -> false;
      case ActionValue _ -> true;
      case RuntimeValue _ -> false;
      default -> true;
    };
  }
}
