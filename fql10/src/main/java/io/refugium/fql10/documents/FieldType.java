package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The type of a stored field, as it is enforced on writes (schema specification, sections 4.4 and
 * 4.5).
 */
sealed interface FieldType {

  /** Any value, or one of a kind of scalars. */
  record Scalar(String name) implements FieldType {}

  /** Exactly one value. */
  record Singleton(Value value) implements FieldType {}

  record ArrayOf(FieldType element) implements FieldType {}

  record TupleOf(List<FieldType> elements) implements FieldType {}

  /**
   * An object with these fields, and others if there is a wildcard.
   *
   * @param defaulted the fields that have a default value, or are objects in which every member has
   */
  record Struct(
      Map<String, FieldType> fields,
      Optional<FieldType> wildcard,
      Set<String> defaulted,
      boolean mayOmitDefaulted)
      implements FieldType {
    Struct(Map<String, FieldType> fields, Optional<FieldType> wildcard, Set<String> defaulted) {
      this(fields, wildcard, defaulted, false);
    }

    /** Whether a field that is not nullable may nevertheless be missing. */
    private boolean mayOmit(String name) {
      return mayOmitDefaulted && defaulted.contains(name);
    }

    /** The same type, in which what has a default value may be missing, at any depth. */
    Struct lenient() {
      Map<String, FieldType> lenient = new LinkedHashMap<>();
      fields.forEach(
          (name, type) -> lenient.put(name, type instanceof Struct inner ? inner.lenient() : type));
      return new Struct(lenient, wildcard, defaulted, true);
    }
  }

  record OneOf(List<FieldType> members) implements FieldType {}

  /** A reference to a document of a collection, existing or not. */
  record ReferenceTo(String collection, int id, boolean existing) implements FieldType {}

  /** What a name means as the name of a collection; negative if nothing. */
  @FunctionalInterface
  interface Collections {
    int idOf(String name);
  }

  /** The type that an expression says; names that are not known accept nothing. */
  static FieldType of(TypeExpression expression, Collections collections) {
    return switch (expression) {
      case TypeExpression.Named named -> named(named, collections);
      case TypeExpression.BooleanValue value -> new Singleton(BooleanValue.of(value.value()));
      case TypeExpression.IntegerValue value -> new Singleton(new LongValue(value.value()));
      case TypeExpression.StringValue value -> new Singleton(new StringValue(value.value()));
      case TypeExpression.ObjectType object -> struct(object, collections);
      case TypeExpression.Tuple tuple ->
          new TupleOf(tuple.elements().stream().map(element -> of(element, collections)).toList());
      case TypeExpression.Union union -> union(union.members(), collections);
      case TypeExpression.Nullable nullable ->
          flattened(List.of(of(nullable.type(), collections), new Scalar("Null")));
      case TypeExpression.Intersection ignored -> new Scalar("Null");
      case TypeExpression.Function ignored -> new Scalar("Never");
    };
  }

  private static FieldType named(TypeExpression.Named named, Collections collections) {
    String name = named.name().text();
    return switch (name) {
      case "Array" -> new ArrayOf(of(named.arguments().getFirst(), collections));
      case "Ref" -> {
        String target =
            named.arguments().getFirst() instanceof TypeExpression.Named inner
                ? inner.name().text()
                : "";
        int id = collections.idOf(target);
        yield new OneOf(
            List.of(
                new ReferenceTo(target, id, true), new ReferenceTo("Null" + target, id, false)));
      }
      case "Float" -> new Scalar("Double");
      default -> {
        int id = collections.idOf(name);
        yield id < 0 ? new Scalar(name) : new ReferenceTo(name, id, true);
      }
    };
  }

  private static FieldType struct(TypeExpression.ObjectType object, Collections collections) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    Set<String> defaulted = new HashSet<>();
    for (TypeExpression.ObjectType.Field field : object.fields()) {
      FieldType type = of(field.type(), collections);
      fields.put(field.key().text(), type);
      if (field.defaultValue().isPresent() || isDefaulted(type)) {
        defaulted.add(field.key().text());
      }
    }
    return new Struct(fields, object.wildcard().map(type -> of(type, collections)), defaulted);
  }

  /** Whether the type is an object of which every member has a default value. */
  static boolean isDefaulted(FieldType type) {
    return type instanceof Struct struct
        && !struct.fields().isEmpty()
        && struct.defaulted().containsAll(struct.fields().keySet());
  }

  private static FieldType union(List<TypeExpression> members, Collections collections) {
    return flattened(members.stream().map(member -> of(member, collections)).toList());
  }

  private static FieldType flattened(List<FieldType> members) {
    List<FieldType> all = new ArrayList<>();
    for (FieldType member : members) {
      if (member instanceof OneOf(List<FieldType> inner)) {
        all.addAll(inner);
      } else {
        all.add(member);
      }
    }
    List<FieldType> others = all.stream().filter(type -> !isNull(type)).distinct().toList();
    if (others.size() == all.size()) {
      return new OneOf(others);
    }
    List<FieldType> ordered = new ArrayList<>(others);
    ordered.add(new Scalar("Null"));
    return new OneOf(ordered);
  }

  private static boolean isNull(FieldType type) {
    return type instanceof Scalar(String name) && name.equals("Null");
  }

  /** Whether the field may be absent. */
  default boolean isNullable() {
    return switch (this) {
      case Scalar(String name) -> name.equals("Null") || name.equals("Any");
      case OneOf(List<FieldType> members) -> members.stream().anyMatch(FieldType::isNullable);
      default -> false;
    };
  }

  /** The type as messages show it. */
  default String describe() {
    return switch (this) {
      case Scalar(String name) when name.equals("AnyDocument") -> "{ *: Any }";
      case Scalar(String name) -> name;
      case Singleton(StringValue(String text)) -> Text.quote(text);
      case Singleton(LongValue(long number)) -> Long.toString(number);
      case Singleton(BooleanValue truth) -> Boolean.toString(truth.value());
      case Singleton ignored -> throw new IllegalStateException("no literal");
      case ArrayOf(FieldType element) -> "Array<" + element.describe() + ">";
      case TupleOf(List<FieldType> elements) ->
          elements.stream().map(FieldType::describe).collect(Collectors.joining(", ", "[", "]"));
      case Struct struct -> describe(struct);
      case OneOf(List<FieldType> members) ->
          told(members).stream().map(FieldType::describe).collect(Collectors.joining(" | "));
      case ReferenceTo(String collection, int ignored, boolean existing) -> collection;
    };
  }

  /** The members of a union as messages tell them: all objects as one, and all arrays as one. */
  private static List<FieldType> told(List<FieldType> members) {
    List<Struct> objects = members(members, Struct.class);
    List<ArrayOf> arrays = members(members, ArrayOf.class);
    Map<Class<?>, FieldType> merged = new LinkedHashMap<>();
    if (objects.size() > 1) {
      merged.put(Struct.class, common(objects));
    }
    if (arrays.size() > 1) {
      merged.put(ArrayOf.class, new ArrayOf(anyOf(arrays.stream().map(ArrayOf::element).toList())));
    }
    Set<FieldType> told = new LinkedHashSet<>();
    members.forEach(member -> told.add(merged.getOrDefault(member.getClass(), member)));
    return List.copyOf(told);
  }

  private static <T extends FieldType> List<T> members(List<FieldType> members, Class<T> kind) {
    return members.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The fields that all objects have. */
  private static Struct common(List<Struct> objects) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    for (String name : objects.getFirst().fields().keySet()) {
      if (objects.stream().allMatch(object -> object.fields().containsKey(name))) {
        fields.put(name, anyOf(objects.stream().map(object -> object.fields().get(name)).toList()));
      }
    }
    List<FieldType> wildcards =
        objects.stream().map(Struct::wildcard).flatMap(Optional::stream).toList();
    return new Struct(
        fields,
        wildcards.size() == objects.size() ? Optional.of(anyOf(wildcards)) : Optional.empty(),
        Set.of());
  }

  private static FieldType anyOf(List<FieldType> types) {
    List<FieldType> different = types.stream().distinct().toList();
    return different.size() == 1 ? different.getFirst() : flattened(different);
  }

  private static String describe(Struct struct) {
    List<String> parts = new ArrayList<>();
    struct.fields().forEach((name, type) -> parts.add(Text.key(name) + ": " + type.describe()));
    struct.wildcard().ifPresent(type -> parts.add("*: " + type.describe()));
    return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
  }

  /**
   * Checks a value, which is not null unless the type says so.
   *
   * @param path where the value is
   */
  default void check(Value value, List<Object> path, List<ConstraintFailure> failures) {
    switch (this) {
      case Struct struct when value instanceof ObjectValue object ->
          check(struct, object, path, failures);
      case ArrayOf(FieldType element) when value instanceof ArrayValue(List<Value> elements) -> {
        for (int i = 0; i < elements.size(); i++) {
          element.checkElement(elements.get(i), with(path, i), failures);
        }
      }
      case TupleOf(List<FieldType> types)
          when value instanceof ArrayValue(List<Value> elements) -> {
        if (types.size() != elements.size()) {
          failures.add(ConstraintFailure.at(path, "Invalid tuple arity"));
          return;
        }
        for (int i = 0; i < types.size(); i++) {
          types.get(i).checkElement(elements.get(i), with(path, i), failures);
        }
      }
      case OneOf(List<FieldType> members) -> checkUnion(members, value, path, failures);
      default -> {
        if (!accepts(value)) {
          failures.add(mismatch(value, path));
        }
      }
    }
  }

  /** Checks an element of an array, which is never missing. */
  private void checkElement(Value value, List<Object> path, List<ConstraintFailure> failures) {
    if (Kind.isNull(value) && !isNullable()) {
      failures.add(mismatch(value, path));
    } else {
      checkPresent(value, path, failures);
    }
  }

  /** Checks a value that may be null. */
  private void checkPresent(Value value, List<Object> path, List<ConstraintFailure> failures) {
    if (!Kind.isNull(value)) {
      check(value, path, failures);
    } else if (!isNullable()) {
      failures.add(ConstraintFailure.at(path, "Missing required field of type " + describe()));
    }
  }

  private static void check(
      Struct struct, ObjectValue object, List<Object> path, List<ConstraintFailure> failures) {
    for (Map.Entry<String, Value> field : object) {
      FieldType type = struct.fields().get(field.getKey());
      FieldType expected = type == null ? struct.wildcard().orElse(null) : type;
      List<Object> inner = with(path, field.getKey());
      if (expected == null) {
        if (!Kind.isNull(field.getValue())) {
          failures.add(ConstraintFailure.at(inner, "Unexpected field provided"));
        }
      } else if (type == null && Kind.isNull(field.getValue())) {
        continue;
      } else {
        boolean omitted = Kind.isNull(field.getValue()) && struct.mayOmit(field.getKey());
        if (!omitted) {
          expected.checkPresent(field.getValue(), inner, failures);
        }
      }
    }
    struct
        .fields()
        .forEach(
            (name, type) -> {
              if (!object.has(name) && !type.isNullable() && !struct.mayOmit(name)) {
                failures.add(
                    ConstraintFailure.at(
                        with(path, name), "Missing required field of type " + type.describe()));
              }
            });
  }

  private void checkUnion(
      List<FieldType> members, Value value, List<Object> path, List<ConstraintFailure> failures) {
    UnionFailures union = new UnionFailures(path);
    for (FieldType member : members) {
      List<ConstraintFailure> attempt = new ArrayList<>();
      member.checkPresent(value, path, attempt);
      if (attempt.isEmpty()) {
        return;
      }
      union.add(attempt);
    }
    List<ConstraintFailure> reported = union.report();
    failures.addAll(reported.isEmpty() ? List.of(mismatch(value, path)) : reported);
  }

  private ConstraintFailure mismatch(Value value, List<Object> path) {
    if (this instanceof ReferenceTo(String collection, int ignored, boolean existing)
        && value instanceof Ref) {
      return ConstraintFailure.at(
          path, "Expected " + collection + " document, provided document from another collection");
    }
    return ConstraintFailure.at(path, "Expected " + describe() + ", provided " + provided(value));
  }

  private String provided(Value value) {
    boolean shown = value instanceof StringValue || value instanceof BooleanValue;
    boolean sameBase =
        shown && singletons().anyMatch(literal -> Kind.of(literal) == Kind.of(value));
    if (sameBase) {
      return new Singleton(value).describe();
    }
    return ProvidedTypes.describe(value);
  }

  private Stream<Value> singletons() {
    return switch (this) {
      case Singleton(Value literal) -> Stream.of(literal);
      case OneOf(List<FieldType> members) -> members.stream().flatMap(FieldType::singletons);
      default -> Stream.empty();
    };
  }

  private boolean accepts(Value value) {
    return switch (this) {
      case Scalar(String name) -> acceptsScalar(name, value);
      case Singleton(Value literal) -> literal.equals(value);
      case ReferenceTo(String ignored, int id, boolean existing) ->
          value instanceof Ref ref && ref.collection() == id;
      default -> false;
    };
  }

  private static boolean acceptsScalar(String name, Value value) {
    return switch (name) {
      case "Any" -> true;
      case "Null" -> Kind.isNull(value);
      case "Boolean" -> value instanceof BooleanValue;
      case "Number" -> value instanceof LongValue || value instanceof DoubleValue;
      case "Int" -> Kind.of(value) == Kind.INT;
      case "Long" -> value instanceof LongValue;
      case "Double" -> value instanceof DoubleValue;
      case "Time" -> Kind.of(value) == Kind.TIME || value == TransactionTime.TIME;
      case "Query" -> value instanceof LambdaValue;
      case "AnyDocument" -> value instanceof Ref;
      default -> Kind.typeName(value).equals(name);
    };
  }

  private static List<Object> with(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
