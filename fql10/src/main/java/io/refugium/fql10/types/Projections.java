package io.refugium.fql10.types;

import io.refugium.fql10.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Projections: element-wise on containers, null on null (language specification, section 8.5). */
final class Projections {
  private static final Set<String> CONTAINERS = Set.of("Array", "Set", "EventSource");

  private final Definitions definitions;
  private final Reports reports;
  private final Functions functions;
  private final Expressions expressions;

  Projections(
      Definitions definitions, Reports reports, Functions functions, Expressions expressions) {
    this.definitions = definitions;
    this.reports = reports;
    this.functions = functions;
    this.expressions = expressions;
  }

  /** The type of the projection of a value of type {@code receiver}. */
  Type project(Expression.Projection projection, Type receiver, Scope scope) {
    List<Type> results = new ArrayList<>();
    List<Type> objects = new ArrayList<>();
    for (Type variant : definitions.expandNull(receiver)) {
      switch (variant.form()) {
        case Type.Tuple(List<Type> elements) ->
            results.add(Type.array(project(projection, Unions.of(elements), scope)));
        case Type.Named(String name, List<Type> arguments) when CONTAINERS.contains(name) ->
            results.add(Type.named(name, project(projection, arguments.getFirst(), scope)));
        case Type.Named _ when variant.isNull() -> results.add(Type.NULL);
        case Type.Never _ -> results.add(Type.NEVER);
        default -> objects.add(variant);
      }
    }
    if (!objects.isEmpty()) {
      results.addFirst(object(projection, Unions.of(objects), scope));
    }
    return Unions.of(results);
  }

  private Type object(Expression.Projection projection, Type receiver, Scope scope) {
    if (functions.isFunction(receiver)) {
      reports.add(TypeErrors.noProjection(receiver));
      return Type.ANY;
    }
    Scope inner = scope.with(Scope.RECEIVER, receiver);
    Map<String, Type> fields = new LinkedHashMap<>();
    for (Expression.Projection.Element element : projection.elements()) {
      fields.put(element.name().text(), expressions.typeOf(element.value(), inner));
    }
    return receiver.isAny() || receiver.form() instanceof Unknown ? Type.ANY : Type.struct(fields);
  }
}
