package io.refugium.fql10.schema;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.Unions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a collection while a migration is traced back: a tree that statements take fields
 * out of and put fields into. Mutable; one for each trace.
 */
final class FieldShape {
  /** The members of an object, or of the collection itself; open if there may be others. */
  static final class Struct {
    final Map<String, Node> fields = new LinkedHashMap<>();
    Optional<TypeExpression> wildcard = Optional.empty();
    boolean open;
  }

  /** One field. */
  static final class Node {
    /** The type as written; null if a statement made the field. */
    final TypeExpression type;

    /** Its members if it is an object that is not nullable; else null. */
    final Struct members;

    /** The fields that a split makes of it; empty otherwise. */
    final List<Node> parts;

    final Optional<Expression> defaultValue;

    /** Where the field is declared; null if a statement made it. */
    final Span name;

    /** Where a statement says that it was dropped; null if none does. */
    final Span dropped;

    private Node(
        TypeExpression type,
        Struct members,
        List<Node> parts,
        Optional<Expression> defaultValue,
        Span name,
        Span dropped) {
      this.type = type;
      this.members = members;
      this.parts = parts;
      this.defaultValue = defaultValue;
      this.name = name;
      this.dropped = dropped;
    }

    static Node dropped(Span place) {
      return new Node(null, null, List.of(), Optional.empty(), null, place);
    }

    static Node split(List<Node> parts) {
      return new Node(null, null, List.copyOf(parts), Optional.empty(), null, null);
    }

    /** Where the type is written; empty if it is not. */
    Optional<Span> typeSpan() {
      return Optional.ofNullable(type).map(TypeExpression::span);
    }

    /** The type, as it is after what statements have done to members. */
    Type type(Function<TypeExpression, Type> reader) {
      if (dropped != null) {
        return Type.ANY;
      }
      if (!parts.isEmpty()) {
        List<Type> types = new ArrayList<>();
        parts.forEach(part -> types.add(part.type(reader)));
        return Unions.of(types);
      }
      return members == null ? reader.apply(type) : struct(members, reader);
    }
  }

  private FieldShape() {}

  /** The shape of a collection. */
  static Struct of(SchemaItem.CollectionItem item) {
    Struct root = new Struct();
    for (SchemaItem.Field field : item.fields()) {
      root.fields.put(
          field.name().text(), node(field.type(), field.defaultValue(), field.name().span()));
    }
    root.open = item.isOpen();
    return root;
  }

  private static Node node(TypeExpression type, Optional<Expression> value, Span name) {
    Struct members = type instanceof TypeExpression.ObjectType object ? members(object) : null;
    return new Node(type, members, List.of(), value, name, null);
  }

  private static Struct members(TypeExpression.ObjectType object) {
    Struct struct = new Struct();
    for (TypeExpression.ObjectType.Field field : object.fields()) {
      struct.fields.put(
          field.key().text(), node(field.type(), field.defaultValue(), field.key().span()));
    }
    struct.wildcard = object.wildcard();
    struct.open = object.wildcard().isPresent();
    return struct;
  }

  private static Type struct(Struct struct, Function<TypeExpression, Type> reader) {
    Map<String, Type> fields = new LinkedHashMap<>();
    struct.fields.forEach((name, node) -> fields.put(name, node.type(reader)));
    return Type.of(new Type.Struct(fields, struct.wildcard.map(reader), false));
  }

  /** The object in which a path ends; null if there is none on the way. */
  static Struct parent(Struct root, List<String> path) {
    Struct struct = root;
    for (String name : path.subList(0, path.size() - 1)) {
      Node node = struct.fields.get(name);
      if (node == null || node.members == null) {
        return null;
      }
      struct = node.members;
    }
    return struct;
  }

  /** The field at a path, or null. */
  static Node find(Struct root, List<String> path) {
    Struct parent = parent(root, path);
    return parent == null ? null : parent.fields.get(path.getLast());
  }
}
