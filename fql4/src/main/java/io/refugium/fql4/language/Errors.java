package io.refugium.fql4.language;

import io.refugium.database.refusal.DocumentRefused;
import io.refugium.fql4.language.Fql4Error.Failure;
import java.util.List;

/**
 * Every error of FQL v4 with its code, text and status, built here and nowhere else (spec: FQL v4,
 * section 12).
 */
public final class Errors {
  static final String INVALID_EXPRESSION = "invalid expression";
  public static final String INVALID_ARGUMENT = "invalid argument";
  static final String PERMISSION_DENIED = "permission denied";

  private Errors() {}

  // ---- Parsing

  public static Fql4Exception noQuery() {
    return invalidExpression(Position.ROOT, "No query provided.");
  }

  static Fql4Exception notJson() {
    return invalidExpression(Position.ROOT, "Request body is not valid JSON.");
  }

  static Fql4Exception nestedTooDeeply() {
    return invalidExpression(Position.ROOT, "Request body JSON exceeds nesting limit.");
  }

  static Fql4Exception unknownForm(Position position, List<String> keys) {
    return invalidExpression(
        position,
        "No form/function found, or invalid argument keys: { " + String.join(", ", keys) + " }.");
  }

  static Fql4Error unboundVariable(Position position, String name) {
    return error(position, INVALID_EXPRESSION, "Variable '" + name + "' is not defined.");
  }

  static Fql4Exception emptyExpressionList(Position position) {
    return invalidExpression(position, "Expression list cannot be empty.");
  }

  static Fql4Exception wrongSyntax(Position position, String expected, String provided) {
    return invalidExpression(position, expected(expected, provided));
  }

  /** A literal such as {@code @ts} whose payload is none; the word is time, date, ref, ... */
  static Fql4Exception invalidLiteral(Position position, String word) {
    return invalidExpression(position, "Invalid " + word + ".");
  }

  static Fql4Exception unknownNativeCollection(Position position, String name) {
    return invalidExpression(
        position, "Valid native collection name expected, '" + name + "' provided.");
  }

  static Fql4Exception invalidExpression(Position position, String description) {
    return new Fql4Exception(error(position, INVALID_EXPRESSION, description));
  }

  /** The same errors, said of the text of the query. */
  static Fql4Exception asInvalidExpression(Fql4Exception failure) {
    return new Fql4Exception(
        failure.errors().stream()
            .map(e -> error(e.position(), INVALID_EXPRESSION, e.description()))
            .toList());
  }

  // ---- Streams

  public static Fql4Error badStreamField(String name) {
    return error(
        Position.ROOT,
        "invalid url parameter",
        "Invalid url parameter fields. Invalid field name '" + name + "'.");
  }

  // ---- Arguments

  public static Fql4Exception invalidArgument(Position position, String description) {
    return new Fql4Exception(error(position, INVALID_ARGUMENT, description));
  }

  static Fql4Error argumentError(Position position, String description) {
    return error(position, INVALID_ARGUMENT, description);
  }

  public static Fql4Exception wrongKind(Position position, String expected, String provided) {
    return invalidArgument(position, expected(expected, provided));
  }

  public static Fql4Exception emptyArray(Position position) {
    return invalidArgument(position, "Non-empty array expected.");
  }

  public static Fql4Exception emptySet(Position position) {
    return invalidArgument(position, "Non-empty set expected.");
  }

  static Fql4Exception wrongArity(Position position, int expected, int provided) {
    return invalidArgument(
        position,
        "Lambda expects an array with " + expected + " elements. Array contains " + provided + ".");
  }

  /** A value outside the bounds of a function: {@code what must be rule}. */
  public static Fql4Exception outOfBounds(Position position, String what, String rule) {
    return invalidArgument(position, what + " must be " + rule);
  }

  public static Fql4Exception divisionByZero(Position position) {
    return invalidArgument(position, "Illegal division by zero.");
  }

  public static Fql4Exception badPattern(Position position, String pattern) {
    return invalidArgument(
        position, "Search pattern /" + pattern + "/ is not a valid regular expression.");
  }

  public static Fql4Exception badReplacement(Position position, String reason) {
    return invalidArgument(position, "Invalid replacement: " + reason + ".");
  }

  public static Fql4Exception badFormat(Position position, String specifier) {
    return invalidArgument(position, "Invalid conversion format '" + specifier + "'.");
  }

  public static Fql4Exception badTimeSuffix(Position position, String specifier) {
    return invalidArgument(position, "Invalid date/time suffix '" + specifier + "'.");
  }

  public static Fql4Exception cannotCast(Position position, String from, String to) {
    return invalidArgument(position, "Cannot cast " + from + " to " + to + ".");
  }

  public static Fql4Exception cannotParse(Position position, String text, String to) {
    return invalidArgument(position, "Cannot cast '" + text + "' to a " + to + ".");
  }

  public static Fql4Exception badTimeUnit(Position position, String unit) {
    return invalidArgument(position, "Invalid time unit '" + unit + "'.");
  }

  public static Fql4Exception incompatibleTimes(Position position) {
    return invalidArgument(position, "Incompatible time arguments.");
  }

  public static Fql4Exception timeOutOfRange(Position position) {
    return outOfBounds(
        position,
        "dates and times",
        "between -1000000000-01-01T00:00:00Z and +1000000000-12-31T23:59:59.999999999Z");
  }

  public static Fql4Exception mixedOperands(Position position) {
    return invalidArgument(
        position, "Arguments cannot be of different types, expected Set or Array.");
  }

  public static Fql4Exception incompatibleSets(Position position) {
    return invalidArgument(position, "Sets are not compatible.");
  }

  public static Fql4Exception noEvents(Position position) {
    return invalidArgument(position, "Set does not support events history.");
  }

  public static Fql4Exception badCursorObject(Position position) {
    return invalidArgument(
        position,
        "Invalid cursor object. Expected an object with either 'before' or 'after' key in it.");
  }

  public static Fql4Exception badEventCursor(Position position, List<String> keys) {
    return invalidArgument(
        position, "Cannot create event cursor with keys " + String.join(", ", keys));
  }

  static Fql4Exception nonNumericId(Position position, String code, String text) {
    return new Fql4Exception(
        error(
            position,
            code,
            "Number or numeric String expected, non-numeric '" + text + "' provided."));
  }

  static Fql4Exception idTooLarge(Position position, String code, String text) {
    return new Fql4Exception(error(position, code, "The id provided is too large: '" + text + "'"));
  }

  public static Fql4Exception schemaCollection(Position position) {
    return invalidArgument(position, "Regular Class Ref expected, Schema Class Ref provided.");
  }

  public static Fql4Exception scopedWrite(Position position) {
    return invalidArgument(position, "Cannot write a scoped ref.");
  }

  public static Fql4Exception newCollection(Position position) {
    return invalidArgument(
        position, "Cannot create a collection and a document in it in the same transaction.");
  }

  public static Fql4Exception metaCollection(Position position, String verb, ApiVersion version) {
    return invalidArgument(
        position,
        "Cannot "
            + verb
            + " a schema meta "
            + (version.saysClass() ? "class" : "collection")
            + ".");
  }

  public static Fql4Exception noHistoryOf(Position position, String verb) {
    return invalidArgument(position, "Cannot " + verb + " event for specified ref.");
  }

  public static Fql4Exception wrongAction(Position position, String provided) {
    return wrongKind(position, "String 'create', 'update', or 'delete'", provided);
  }

  public static Fql4Exception impureLambda(Position position, String forbidden) {
    return invalidArgument(
        position, "Invalid lambda. Lambda in this context may not " + forbidden + ".");
  }

  public static Fql4Exception notRepresentable(Position position, String type) {
    return invalidArgument(
        position, "v10 value has type " + type + ", which cannot be represented in v4.");
  }

  public static Fql4Exception notStreamable(String type) {
    return invalidArgument(
        Position.ROOT, "Expected a Document Ref or Version, or a Set Ref, got " + type + ".");
  }

  // ---- Refs, reading

  public static Fql4Exception invalidRef(Position position, String kind, String name) {
    return new Fql4Exception(
        error(position, "invalid ref", "Ref refers to undefined " + kind + " '" + name + "'"));
  }

  public static Fql4Exception valueNotFound(Position position, List<String> path) {
    return new Fql4Exception(
        new Fql4Error(
            position,
            "value not found",
            "Value not found at path [" + String.join(",", path) + "].",
            404));
  }

  /** Something is not there; the word is Document, Collection, Set, ... */
  public static Fql4Exception notFound(Position position, String word) {
    return new Fql4Exception(
        new Fql4Error(position, "instance not found", word + " not found.", 404));
  }

  public static Fql4Exception noKeyForSecret(Position position, String secret) {
    return new Fql4Exception(
        error(position, "instance not found", "No key found for secret " + secret + "."));
  }

  public static Fql4Exception inactiveIndex(Position position, String name) {
    return new Fql4Exception(
        error(position, "instance not found", "Index '" + name + "' is not active."));
  }

  public static Fql4Exception permissionDenied(Position position) {
    return new Fql4Exception(
        new Fql4Error(
            position, PERMISSION_DENIED, "Insufficient privileges to perform the action.", 403));
  }

  // ---- Writing

  public static Fql4Exception alreadyExists(Position position, String word) {
    return new Fql4Exception(error(position, "instance already exists", word + " already exists."));
  }

  public static Fql4Exception notUnique(Position position) {
    return new Fql4Exception(error(position, "instance not unique", "document is not unique."));
  }

  public static Fql4Exception invalidDocument(
      Position position, List<Failure> failures, ApiVersion version) {
    String word = version.saysClass() ? "instance" : "document";
    return new Fql4Exception(
        new Fql4Error(
            position,
            "validation failed",
            word + " data is not valid.",
            400,
            List.copyOf(failures),
            List.of()));
  }

  public static Fql4Exception invalidWriteTime(Position position) {
    return new Fql4Exception(
        error(position, "invalid write time", "Cannot write outside of snapshot time."));
  }

  public static Fql4Exception notInContainer(Position position) {
    return new Fql4Exception(
        error(position, "invalid object in container", "Object is not allowed in a container"));
  }

  public static Fql4Exception cannotMove(
      Position position, String name, String parent, String reason) {
    return new Fql4Exception(
        error(
            position,
            "move database error",
            "Cannot move database '" + name + "' into parent '" + parent + "': " + reason));
  }

  public static Fql4Exception schemaInvalid(Position position, String description) {
    return new Fql4Exception(error(position, "schema validation failed", description));
  }

  public static Fql4Exception checkFailed(Position position, String name) {
    return new Fql4Exception(
        error(
            position,
            "check constraint failure",
            "Document failed check constraint `" + name + "`"));
  }

  /** What FQL v10 says about a document that a collection does not allow. */
  public static Fql4Exception refused(Position position, List<DocumentRefused.Reason> reasons) {
    return new Fql4Exception(
        reasons.stream()
            .map(reason -> error(position, refusal(reason), reason.message()))
            .toList());
  }

  private static String refusal(DocumentRefused.Reason reason) {
    return switch (reason) {
      case DocumentRefused.Reason.WrongField _ -> "schema validation failed";
      case DocumentRefused.Reason.FailedCheck _ -> "check constraint failure";
      case DocumentRefused.Reason.BrokenCheck _ -> "transaction aborted";
    };
  }

  // ---- Evaluation

  public static Fql4Exception aborted(Position position, String message) {
    return new Fql4Exception(error(position, "transaction aborted", message));
  }

  public static Fql4Exception callError(Position position, List<Fql4Error> causes) {
    return new Fql4Exception(
        new Fql4Error(
            position,
            "call error",
            "Calling the function resulted in an error.",
            400,
            List.of(),
            List.copyOf(causes)));
  }

  public static final String STACK_OVERFLOW = "stack overflow";

  public static Fql4Exception stackOverflow(Position position, int limit) {
    return new Fql4Exception(
        error(position, STACK_OVERFLOW, "Call stack reached the maximum limit of " + limit + "."));
  }

  /**
   * A function does more than its context allows: performs a read or a write in get requests, auth
   * predicates, ...
   */
  public static Fql4Exception forbiddenEffect(Position position, Effect effect, String context) {
    return invalidExpression(
        position,
        "Call performs a " + effect.word() + ", which is not allowed in " + context + ".");
  }

  // ---- Identity

  public static Fql4Exception authenticationFailed(Position position, ApiVersion version) {
    String word = version.saysClass() ? "instance" : "document";
    return new Fql4Exception(
        error(
            position,
            "authentication failed",
            "The " + word + " was not found or provided password was incorrect."));
  }

  public static Fql4Exception missingIdentity(Position position) {
    return new Fql4Exception(
        error(position, "missing identity", "Authentication does not contain an identity"));
  }

  public static Fql4Exception invalidToken(Position position) {
    return new Fql4Exception(error(position, "invalid token", "Token metadata is not accessible."));
  }

  // ---- Requests: errors without a position

  public static Fql4Exception noResource() {
    return new Fql4Exception(new Fql4Error(null, "not found", "Not Found", 404));
  }

  public static Fql4Exception forbidden(String description) {
    return new Fql4Exception(new Fql4Error(null, "forbidden", description, 403));
  }

  public static Fql4Exception badRequest(String description) {
    return new Fql4Exception(new Fql4Error(null, "bad request", description, 400));
  }

  static Fql4Exception tooMuchCompute(long operations, long limit) {
    return badRequest("Transaction does too much compute: got " + operations + ", limit: " + limit);
  }

  static Fql4Exception valueTooLarge(long limit) {
    return badRequest("Value has too many parts, limit: " + limit);
  }

  /** An answer that is too long to be sent. */
  public static Fql4Exception answerTooLarge() {
    return badRequest("Response is too large, limit: " + Limits.ANSWER_BYTES + " bytes");
  }

  private static Fql4Error error(Position position, String code, String description) {
    return new Fql4Error(position, code, description, 400);
  }

  private static String expected(String expected, String provided) {
    return expected + " expected, " + provided + " provided.";
  }
}
