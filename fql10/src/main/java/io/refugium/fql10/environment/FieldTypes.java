package io.refugium.fql10.environment;

import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A defined field as reading and writing see it (schema specification, section 4.3): in writes all
 * numbers are {@code Number}, and what has a default value may be left out.
 *
 * @param read the declared type
 * @param written the type that {@code create} and {@code replace} take
 * @param updated the type that {@code update} takes
 */
record FieldTypes(Type read, Type written, Type updated) {
  private static final Set<String> NUMBERS = Set.of("Int", "Long", "Float", "Double");

  /**
   * The types of a field.
   *
   * @param type as declared; default values of members included
   * @param hasDefault whether the field itself has a default value
   * @param placed whether what is read from a document knows where it was declared
   */
  static FieldTypes of(TypeExpression type, boolean hasDefault, TypeReader reader, boolean placed) {
    Type declared = reader.read(type);
    Type written = widen(withDefaults(type, declared));
    boolean optional = hasDefault || allDefaulted(type);
    return new FieldTypes(
        placed ? declared : declared.withoutOrigin(),
        optional ? Shapes.orNull(written) : written,
        Shapes.orNull(membersOptional(written)));
  }

  /** A field of which nothing is known. */
  static FieldTypes any() {
    return new FieldTypes(Type.ANY, Shapes.orNull(Type.ANY), Shapes.orNull(Type.ANY));
  }

  /** Integers and floating point numbers are told apart when they are written. */
  private static Type widen(Type type) {
    return type.form() instanceof Type.Named(String name, _) && NUMBERS.contains(name)
        ? Type.NUMBER.at(type.origin())
        : type.mapParts(FieldTypes::widen);
  }

  /** Members with a default value may be left out, in objects inside objects too. */
  private static Type withDefaults(TypeExpression expression, Type type) {
    if (!(expression instanceof TypeExpression.ObjectType object)
        || !(type.form() instanceof Type.Struct struct)) {
      return type;
    }
    Map<String, Type> fields = new LinkedHashMap<>(struct.fields());
    for (TypeExpression.ObjectType.Field field : object.fields()) {
      String key = field.key().text();
      Type member = withDefaults(field.type(), fields.get(key));
      boolean optional = field.defaultValue().isPresent() || allDefaulted(field.type());
      fields.put(key, optional ? Shapes.orNull(member) : member);
    }
    return Type.of(new Type.Struct(fields, struct.wildcard(), struct.open())).at(type.origin());
  }

  private static boolean allDefaulted(TypeExpression type) {
    return type instanceof TypeExpression.ObjectType object
        && !object.fields().isEmpty()
        && object.fields().stream()
            .allMatch(field -> field.defaultValue().isPresent() || allDefaulted(field.type()));
  }

  private static Type membersOptional(Type type) {
    if (!(type.form() instanceof Type.Struct struct)) {
      return type;
    }
    Map<String, Type> fields = new LinkedHashMap<>();
    struct
        .fields()
        .forEach((key, member) -> fields.put(key, Shapes.orNull(membersOptional(member))));
    return Type.of(new Type.Struct(fields, struct.wildcard(), struct.open())).at(type.origin());
  }
}
