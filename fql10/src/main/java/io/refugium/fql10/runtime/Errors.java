package io.refugium.fql10.runtime;

import static io.refugium.fql10.runtime.ErrorCode.DIVIDE_BY_ZERO;
import static io.refugium.fql10.runtime.ErrorCode.INDEX_OUT_OF_BOUNDS;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_ARGUMENT;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_BOUNDS;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_CURSOR;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_DATE;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_EFFECT;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_FUNCTION_INVOCATION;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_ID;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_NULL_ACCESS;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_RECEIVER;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_REGEX;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_TIME;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_TYPE;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_UNIT;
import static io.refugium.fql10.runtime.ErrorCode.INVALID_WRITE;
import static io.refugium.fql10.runtime.ErrorCode.NULL_VALUE;
import static io.refugium.fql10.runtime.ErrorCode.PERMISSION_DENIED;
import static io.refugium.fql10.runtime.ErrorCode.STACK_OVERFLOW;
import static io.refugium.fql10.runtime.ErrorCode.TYPE_MISMATCH;
import static io.refugium.fql10.runtime.ErrorCode.UNBOUND_VARIABLE;
import static io.refugium.fql10.runtime.ErrorCode.VALUE_TOO_LARGE;

import io.refugium.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every way in which evaluating an expression can fail, with its exact message (language
 * specification, section 13.2). Failures of documents and schema are in {@link DocumentErrors}.
 */
public final class Errors {
  private Errors() {}

  public static QueryFailure unboundVariable(String name) {
    return QueryFailure.of(UNBOUND_VARIABLE, "Unbound variable `" + name + "`");
  }

  public static QueryFailure typeMismatch(String expected, Value received) {
    return QueryFailure.of(
        TYPE_MISMATCH, "expected type: " + expected + ", received " + Kind.typeName(received));
  }

  public static QueryFailure expectedBoolean(Value received) {
    return typeMismatch("Boolean", received);
  }

  public static QueryFailure expectedFunction(Value received) {
    return typeMismatch("Function", received);
  }

  /** An argument of the wrong type. */
  public static QueryFailure expectedArgument(String parameter, String type, Value received) {
    return QueryFailure.of(
        INVALID_ARGUMENT,
        "expected value for `"
            + parameter
            + "` of type "
            + type
            + ", received "
            + Kind.typeName(received));
  }

  /** Arguments that no overload of their number accepts. */
  public static QueryFailure expectedArguments(
      String function, List<String> overloads, Value[] received) {
    return QueryFailure.of(
        INVALID_ARGUMENT,
        "expected arguments to `"
            + function
            + "` of type "
            + String.join(" | ", overloads)
            + ", received "
            + Arrays.stream(received)
                .map(Kind::typeName)
                .collect(Collectors.joining(", ", "(", ")")));
  }

  public static QueryFailure invalidArgument(String parameter, String reason) {
    return QueryFailure.of(INVALID_ARGUMENT, "invalid argument `" + parameter + "`: " + reason);
  }

  /** A callback that cannot take as many arguments as it will get. */
  public static QueryFailure callbackArity(String parameter, int needed, Arity provided) {
    return QueryFailure.of(
        INVALID_ARGUMENT,
        "`"
            + parameter
            + "` should accept "
            + Arity.counted(needed, "parameter")
            + ", provided function requires "
            + provided.describe("parameter")
            + ".");
  }

  public static QueryFailure wrongArity(Arity expected, int provided) {
    return QueryFailure.of(
        INVALID_FUNCTION_INVOCATION,
        "callee function expects "
            + expected.describe("argument")
            + ", but "
            + provided
            + (provided == 1 ? " was" : " were")
            + " provided.");
  }

  public static QueryFailure noSuchFunction(String name, Value receiver) {
    return QueryFailure.of(
            INVALID_FUNCTION_INVOCATION,
            "The function `" + name + "` does not exist on `" + Kind.typeName(receiver) + "`")
        .becauseOf(receiver);
  }

  public static QueryFailure notCallable(String field, Value found) {
    return QueryFailure.of(
        INVALID_FUNCTION_INVOCATION,
        "`" + field + "`: Expected a function, found `" + Kind.typeName(found) + "`");
  }

  public static QueryFailure nullAccess(String member, Value receiver) {
    return QueryFailure.of(INVALID_NULL_ACCESS, "Cannot access `" + member + "` on null.")
        .becauseOf(receiver);
  }

  public static QueryFailure nullValue(NullCause cause) {
    return QueryFailure.of(
        cause.documentMissing() ? ErrorCode.DOCUMENT_NOT_FOUND : NULL_VALUE, cause.message());
  }

  public static QueryFailure indexOutOfBounds(int index, int length) {
    return QueryFailure.of(
        INDEX_OUT_OF_BOUNDS, "index " + index + " out of bounds for length " + length);
  }

  public static QueryFailure divideByZero() {
    return QueryFailure.of(DIVIDE_BY_ZERO, "Attempted integer division by zero.");
  }

  public static QueryFailure stackOverflow() {
    return QueryFailure.of(
        STACK_OVERFLOW, "number of stack frames exceeded limit of " + Limits.MAX_FRAMES);
  }

  public static QueryFailure stringTooLong(long length) {
    return valueTooLarge("string size " + length + " exceeds limit " + Limits.MAX_STRING_LENGTH);
  }

  public static QueryFailure tooManyElements() {
    return valueTooLarge("exceeded maximum number of elements (limit=" + Limits.MAX_ELEMENTS + ")");
  }

  public static QueryFailure rangeTooLarge(long size) {
    return valueTooLarge("range size " + size + " exceeds limit " + Limits.MAX_ELEMENTS);
  }

  public static QueryFailure tooMuchMemory() {
    return valueTooLarge(
        "the values of a query exceed limit of " + Limits.MAX_ALLOCATED_BYTES + " bytes");
  }

  public static QueryFailure tooManyParts(long limit) {
    return valueTooLarge("the parts of a value exceed limit of " + limit);
  }

  public static QueryFailure resultTooDeep() {
    return valueTooLarge("result is nested deeper than " + Limits.MAX_RESULT_DEPTH + " levels");
  }

  public static QueryFailure resultTooLarge() {
    return valueTooLarge("result exceeds limit of " + Limits.MAX_RESULT_BYTES + " bytes");
  }

  private static QueryFailure valueTooLarge(String reason) {
    return QueryFailure.of(VALUE_TOO_LARGE, "Value too large: " + reason + ".");
  }

  public static QueryFailure invalidBounds(String parameter, String predicate, long received) {
    return QueryFailure.of(
        INVALID_BOUNDS,
        "expected `" + parameter + "` to be " + predicate + ", received " + received);
  }

  public static QueryFailure invalidPageSize(long received) {
    return invalidBounds("size", "between 1 and " + Limits.MAX_ELEMENTS + " (inclusive)", received);
  }

  public static QueryFailure invalidEffect(String action, Effect effect, String reason) {
    return QueryFailure.of(
        INVALID_EFFECT,
        action + " performs " + effect.described() + ", which is not allowed in " + reason + ".");
  }

  public static QueryFailure invalidId(String debugText) {
    return QueryFailure.of(INVALID_ID, "`" + debugText + "` is not a valid ID.");
  }

  public static QueryFailure invalidTime(String text) {
    return QueryFailure.of(INVALID_TIME, "`" + text + "` is not a valid time.");
  }

  public static QueryFailure timeTooLarge() {
    return QueryFailure.of(INVALID_TIME, "Time exceeds the maximum value.");
  }

  public static QueryFailure timeTooSmall() {
    return QueryFailure.of(INVALID_TIME, "Time exceeds the minimum value.");
  }

  public static QueryFailure invalidDate(String text) {
    return QueryFailure.of(INVALID_DATE, "`" + text + "` is not a valid date.");
  }

  public static QueryFailure invalidTimeUnit(String text) {
    return QueryFailure.of(INVALID_UNIT, "`" + text + "` is not a valid time unit.");
  }

  public static QueryFailure invalidDateUnit(String text) {
    return QueryFailure.of(INVALID_UNIT, "`" + text + "` is not a valid date unit.");
  }

  public static QueryFailure invalidRegex(String description, int index) {
    return QueryFailure.of(
        INVALID_REGEX, "Invalid regular expression. " + description + " at index " + index);
  }

  public static QueryFailure invalidCursor() {
    return QueryFailure.of(INVALID_CURSOR, "Cursor cursor is invalid or expired.");
  }

  public static QueryFailure invalidReceiver(String method, String reason) {
    return QueryFailure.of(INVALID_RECEIVER, "can't call `." + method + "()` because " + reason);
  }

  public static QueryFailure unstorable(String path, Value value) {
    return unstorable(path, Kind.typeName(value));
  }

  /** A document that has a name instead of an id cannot be referred to from a stored value. */
  public static QueryFailure unstorableDocument(String path) {
    return unstorable(path, "Doc");
  }

  private static QueryFailure unstorable(String path, String type) {
    return QueryFailure.of(
        INVALID_TYPE, "Value at `" + path + "` has type " + type + ", which cannot be persisted.");
  }

  public static QueryFailure unstorableLambda() {
    return QueryFailure.of(
        INVALID_TYPE, "Anonymous functions cannot be stored. Use a string of FQL instead.");
  }

  public static QueryFailure writeInThePast() {
    return QueryFailure.of(INVALID_WRITE, "Cannot write at a snapshot time in the past.");
  }

  public static QueryFailure permissionDenied() {
    return QueryFailure.of(PERMISSION_DENIED, "Insufficient privileges to perform the action.");
  }
}
