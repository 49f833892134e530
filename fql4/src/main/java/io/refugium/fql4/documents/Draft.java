package io.refugium.fql4.documents;

import io.refugium.access.Session;
import io.refugium.database.document.Document;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Fql4Error.Failure;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Position;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A document on its way to be written: its fields as they will be, and what is wrong with them.
 * Used once, by the {@link DocumentKind} that checks it.
 */
public final class Draft {
  private static final Pattern NAME =
      Pattern.compile("[;@+$\\-_.!~%\\w]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String RESERVED_NAME = "_";

  private final Call call;
  private final Ref ref;
  private final Document before;
  private final ObjectValue given;
  private final List<Failure> failures = new ArrayList<>();
  private ObjectValue fields;

  /**
   * @param before the stored document, or null when it is being created
   * @param given the parameters of the query
   * @param fields what they make of the document
   */
  public Draft(Call call, Ref ref, Document before, ObjectValue given, ObjectValue fields) {
    this.call = call;
    this.ref = ref;
    this.before = before;
    this.given = given;
    this.fields = fields;
  }

  Call call() {
    return call;
  }

  Session session() {
    return call.evaluation().session();
  }

  Ref ref() {
    return ref;
  }

  Document before() {
    return before;
  }

  ObjectValue given() {
    return given;
  }

  ObjectValue fields() {
    return fields;
  }

  Value get(String field) {
    return fields.get(field);
  }

  boolean has(String field) {
    return fields.has(field);
  }

  void set(String field, Value value) {
    fields = fields.with(field, value);
  }

  void remove(String field) {
    fields = fields.without(field);
  }

  void replace(ObjectValue all) {
    fields = all;
  }

  void setDefault(String field, Value value) {
    if (!fields.has(field)) {
      set(field, value);
    }
  }

  // ---- Checks

  void fail(Failure failure) {
    failures.add(failure);
  }

  List<Failure> failures() {
    return failures;
  }

  /** A name is there, is a string and made of the characters of names. */
  void requireName() {
    switch (get("name")) {
      case null -> fail(Invalid.missing(List.of("name")));
      case StringValue(String name) when name.equals(RESERVED_NAME) ->
          fail(Invalid.reservedName(name));
      case StringValue(String name) when !NAME.matcher(name).matches() ->
          fail(Invalid.characters(name));
      case StringValue _ -> {}
      case Value other -> fail(Invalid.type(List.of("name"), other, "Name"));
    }
  }

  /** A field is there and has a type. */
  void require(String field, Predicate<Value> type, String typeName) {
    if (has(field)) {
      optional(field, type, typeName);
    } else {
      fail(Invalid.missing(List.of(field)));
    }
  }

  /** A field that may be absent has a type when it is there. */
  void optional(String field, Predicate<Value> type, String typeName) {
    if (has(field) && !type.test(get(field))) {
      fail(Invalid.type(List.of(field), get(field), typeName));
    }
  }

  void optionalObject(String field) {
    optional(field, ObjectValue.class::isInstance, "Map");
  }

  void optionalBoolean(String field) {
    optional(field, io.refugium.model.BooleanValue.class::isInstance, "Boolean");
  }

  void optionalTime(String field) {
    optional(field, TimeValue.class::isInstance, "Timestamp");
  }

  void optionalInteger(String field) {
    optional(field, LongValue.class::isInstance, "Long");
  }

  /**
   * Refs that the query gave must be readable for the caller and lead to something (spec: access,
   * 6.1).
   */
  void checkReferences() {
    checkReferences(given, List.of());
  }

  private void checkReferences(Value value, List<String> path) {
    switch (value) {
      case ObjectValue object ->
          object.forEach(field -> checkReferences(field.getValue(), child(path, field.getKey())));
      case io.refugium.model.ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          checkReferences(array.get(i), child(path, Integer.toString(i)));
        }
      }
      case Ref target when !NativeCollections.isNative(target) && !path.getFirst().equals("data") ->
          checkReference(target, path);
      default -> {}
    }
  }

  private void checkReference(Ref target, List<String> path) {
    if (!session().mayRead(target)) {
      fail(Invalid.unreadable(path));
    } else if (NativeCollections.isNamed(target.collection())
        && call.evaluation().names().nameOf(target) == null) {
      fail(Invalid.dangling(path));
    }
  }

  /** A value must be a ref to a document of a user collection, and the document there. */
  void requireDocument(List<String> path, Value value) {
    if (!(value instanceof Ref target && SystemCollections.isUser(target.collection()))) {
      fail(Invalid.type(path, value, value instanceof Ref ? "Document Ref" : "Ref"));
    } else if (!session().v4().isThere(target)) {
      fail(Invalid.dangling(path));
    }
  }

  static List<String> child(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  /**
   * The fields to store, when nothing is wrong with them. The position is that of validation
   * failures.
   */
  public ObjectValue finished(Position position) {
    if (!failures.isEmpty()) {
      throw Errors.invalidDocument(position, failures, call.version());
    }
    return fields.get("data") instanceof ObjectValue data && data.isEmpty()
        ? fields.without("data")
        : fields;
  }
}
