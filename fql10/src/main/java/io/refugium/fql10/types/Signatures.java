package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the signatures of a library. They are trusted: names are not looked up, a name of a single
 * capital letter is a type parameter, and a variadic parameter may be written {@code ...xs: T} too.
 */
public final class Signatures {
  private static final Pattern NAMED_REST = Pattern.compile("\\.\\.\\.\\s*(\\w+)\\s*:\\s*");

  private static final TypeTranslation TRUSTED = new Trusted();

  private Signatures() {}

  /** The type that a signature says. */
  public static Type type(String signature) {
    String notation = NAMED_REST.matcher(signature).replaceAll("$1: ...");
    return TRUSTED.toType(
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

  /** Of nothing that users have written: it has no place in their source. */
  private static final class Trusted extends TypeTranslation {
    @Override
    Type named(TypeExpression.Named named) {
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

    @Override
    Type written(Type type, TypeExpression expression) {
      return type;
    }
  }

  private static boolean isParameter(String name) {
    return name.length() == 1 && Character.isUpperCase(name.charAt(0));
  }
}
