package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns type expressions of users into types: annotations, signatures of functions and fields
 * (language specification, sections 8.2 and 8.3). The types know where they were written.
 */
public final class TypeReader {
  private static final int PARAMETER = 1;
  private static final int RESULT = 2;
  private static final Map<String, String> MISSPELLED =
      Map.of(
          "any", "Any", "null", "Null", "number", "Number", "string", "String", "boolean",
          "Boolean");
  private static final Set<String> REFERENCES =
      Set.of("Ref", "EmptyRef", "NamedRef", "EmptyNamedRef");

  private final TypeEnvironment environment;
  private final Consumer<Diagnostic> diagnostics;
  private final Map<String, Integer> uses = new HashMap<>();

  /**
   * @param diagnostics receives errors and warnings
   */
  public TypeReader(TypeEnvironment environment, Consumer<Diagnostic> diagnostics) {
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /** The type; {@code Any} in place of what is not known, after an error. */
  public Type read(TypeExpression expression) {
    count(expression, RESULT);
    return toType(expression);
  }

  // --- which unknown names are type parameters ------------------------------------------------

  private void count(TypeExpression expression, int side) {
    switch (expression) {
      case TypeExpression.Named named -> {
        uses.merge(named.name().text(), side, (a, b) -> a | b);
        named.arguments().forEach(argument -> count(argument, side));
      }
      case TypeExpression.Function function -> {
        int other = PARAMETER + RESULT - side;
        function.parameters().forEach(parameter -> count(parameter.type(), other));
        function.rest().ifPresent(parameter -> count(parameter.type(), other));
        count(function.result(), side);
      }
      case TypeExpression.ObjectType object -> {
        object.fields().forEach(field -> count(field.type(), side));
        object.wildcard().ifPresent(type -> count(type, side));
      }
      case TypeExpression.Tuple tuple -> tuple.elements().forEach(type -> count(type, side));
      case TypeExpression.Union union -> union.members().forEach(type -> count(type, side));
      case TypeExpression.Intersection both -> both.members().forEach(type -> count(type, side));
      case TypeExpression.Nullable nullable -> count(nullable.type(), side);
      case TypeExpression.BooleanValue _,
          TypeExpression.IntegerValue _,
          TypeExpression.StringValue _ -> {}
    }
  }

  private boolean isParameter(String name) {
    return name.indexOf('.') < 0 && uses.getOrDefault(name, 0) == PARAMETER + RESULT;
  }

  // --- types ----------------------------------------------------------------------------------

  private Type toType(TypeExpression expression) {
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
              Unions.of(toType(nullable.type()), Type.NULL.at(nullable.span()));
        };
    return type.at(expression.span());
  }

  private List<Type> toTypes(List<TypeExpression> expressions) {
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

  private Type named(TypeExpression.Named named) {
    String name = named.name().text();
    List<Type> arguments = toTypes(named.arguments());
    if (name.equals("Any") || name.equals("Never")) {
      if (!arguments.isEmpty()) {
        diagnostics.accept(TypeErrors.noParameters(name, named.name().span()));
      }
      return name.equals("Any") ? Type.ANY : Type.NEVER;
    }
    Optional<TypeDefinition> definition = environment.definition(name);
    if (definition.isEmpty()) {
      return unknown(named, name);
    }
    int expected = definition.get().parameters().size();
    if (expected == 0 && !arguments.isEmpty()) {
      diagnostics.accept(TypeErrors.noParameters(name, named.name().span()));
      return Type.named(name);
    }
    if (expected != arguments.size()) {
      diagnostics.accept(
          TypeErrors.constructorArity(name, expected, arguments.size(), named.name().span()));
      return Type.ANY;
    }
    if (REFERENCES.contains(name)) {
      checkReference(named, arguments.getFirst());
    }
    return name.equals("Stream")
        ? Type.of(new Type.Named("EventSource", arguments))
        : Type.of(new Type.Named(name, arguments));
  }

  private Type unknown(TypeExpression.Named named, String name) {
    String meant = MISSPELLED.get(name);
    if (meant != null && named.arguments().isEmpty()) {
      diagnostics.accept(TypeErrors.misspelledType(name, meant, named.span()));
      return meant.equals("Any") ? Type.ANY : Type.named(meant);
    }
    if (named.arguments().isEmpty() && isParameter(name)) {
      return Type.of(new Type.Variable(name));
    }
    diagnostics.accept(TypeErrors.unknownType(name, named.name().span()));
    return Type.ANY;
  }

  private void checkReference(TypeExpression expression, Type type) {
    boolean document =
        type.form() instanceof Type.Named(String name, _)
            && environment
                .definition(name)
                .flatMap(TypeDefinition::alias)
                .map(alias -> alias.form() instanceof Type.Struct)
                .orElse(false);
    if (!document && !(type.form() instanceof Type.Struct)) {
      diagnostics.accept(TypeErrors.notADocumentType(expression.span()));
    }
  }
}
