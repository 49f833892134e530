package io.refugium.fql10.types;

import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the forms of type expressions mean (language specification, section 8.2); what names mean
 * depends on who has written them.
 */
abstract class TypeTranslation {

  /** What a name stands for, with its arguments. */
  abstract Type named(TypeExpression.Named named);

  /** A type that was written as this expression: it may be told to know so. */
  abstract Type written(Type type, TypeExpression expression);

  /** The type that an expression says. */
  final Type toType(TypeExpression expression) {
    Type type =
        switch (expression) {
          case TypeExpression.Named named -> named(named);
          case TypeExpression.BooleanValue value -> Type.bool(value.value());
          case TypeExpression.IntegerValue value -> Type.number(value.value());
          case TypeExpression.StringValue value -> Type.string(value.value());
          case TypeExpression.ObjectType object -> struct(object);
          case TypeExpression.Tuple tuple -> Type.tuple(toTypes(tuple.elements()));
          case TypeExpression.Function function -> function(function);
          case TypeExpression.Union union -> Unions.of(toTypes(union.members()));
          case TypeExpression.Intersection both ->
              Type.of(new Type.Intersection(toTypes(both.members())));
          case TypeExpression.Nullable nullable ->
              Unions.of(toType(nullable.type()), written(Type.NULL, nullable));
        };
    return written(type, expression);
  }

  /** The types that some expressions say. */
  final List<Type> toTypes(List<TypeExpression> expressions) {
    return expressions.stream().map(this::toType).toList();
  }

  private Type struct(TypeExpression.ObjectType object) {
    Map<String, Type> fields = new LinkedHashMap<>();
    object.fields().forEach(field -> fields.put(field.key().text(), toType(field.type())));
    return Type.of(new Type.Struct(fields, object.wildcard().map(this::toType), object.open()));
  }

  private Type function(TypeExpression.Function function) {
    return Type.of(
        new Type.Function(
            function.parameters().stream().map(this::parameter).toList(),
            function.rest().map(this::parameter),
            toType(function.result())));
  }

  private Type.Parameter parameter(TypeExpression.Function.Parameter parameter) {
    return new Type.Parameter(
        parameter.name().map(Name::text).orElse(""), toType(parameter.type()));
  }
}
