package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the signatures of a library. They are trusted: names are not looked up, a name of a single
 * capital letter is a type parameter, and a variadic parameter may be written {@code ...xs: T} too.
 */
public final class Signatures {
  private static final Pattern NAMED_REST = Pattern.compile("\\.\\.\\.\\s*(\\w+)\\s*:\\s*");

  private Signatures() {}

  /** The type that a signature says. */
  public static Type type(String signature) {
    String notation = NAMED_REST.matcher(signature).replaceAll("$1: ...");
    return toType(
        Parser.type(Source.validated("signature", notation))
            .orThrow(
                errors ->
                    new IllegalArgumentException(
                        signature + "\n" + DiagnosticRenderer.renderAll(errors))));
  }

  /** The type of a function with these signatures. */
  public static Type overloads(String... signatures) {
    List<Type> types = Stream.of(signatures).map(Signatures::type).toList();
    return types.size() == 1 ? types.getFirst() : Type.of(new Type.Intersection(types));
  }

  private static Type toType(TypeExpression expression) {
    return switch (expression) {
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
      case TypeExpression.Nullable nullable -> Unions.of(toType(nullable.type()), Type.NULL);
    };
  }

  private static List<Type> toTypes(List<TypeExpression> expressions) {
    return expressions.stream().map(Signatures::toType).toList();
  }

  private static Type named(TypeExpression.Named named) {
    String name = named.name().text();
    return switch (name) {
      case "Any" -> Type.ANY;
      case "Never" -> Type.NEVER;
      default ->
          isParameter(name)
              ? Type.of(new Type.Variable(name))
              : Type.of(new Type.Named(name, toTypes(named.arguments())));
    };
  }

  private static boolean isParameter(String name) {
    return name.length() == 1 && Character.isUpperCase(name.charAt(0));
  }

  private static Type struct(TypeExpression.ObjectType object) {
    Map<String, Type> fields = new LinkedHashMap<>();
    object.fields().forEach(field -> fields.put(field.key().text(), toType(field.type())));
    return Type.of(
        new Type.Struct(fields, object.wildcard().map(Signatures::toType), object.open()));
  }

  private static Type function(TypeExpression.Function function) {
    return Type.of(
        new Type.Function(
            function.parameters().stream().map(Signatures::parameter).toList(),
            function.rest().map(Signatures::parameter),
            toType(function.result())));
  }

  private static Type.Parameter parameter(TypeExpression.Function.Parameter parameter) {
    Optional<String> name = parameter.name().map(io.refugium.fql10.syntax.Name::text);
    return new Type.Parameter(name.orElse(""), toType(parameter.type()));
  }
}
