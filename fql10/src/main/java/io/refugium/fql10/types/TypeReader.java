package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns type expressions of users into types: annotations, signatures of functions and fields
 * (language specification, sections 8.2 and 8.3). The types know where they were written.
 */
public final class TypeReader extends TypeTranslation {
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

  @Override
  Type written(Type type, TypeExpression expression) {
    return type.at(expression.span());
  }

  @Override
  Type named(TypeExpression.Named named) {
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
