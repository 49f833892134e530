package io.refugium.fql10.types;

import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import java.util.List;
import java.util.Optional;

/**
 * A lambda where it was written, with the types around it. Its body is checked anew for the types
 * it is called with, so a {@code let}-bound lambda is polymorphic and errors are found where they
 * are.
 */
final class Closure implements Type.Internal {
  private final Expression function;
  private final Scope scope;
  private final Functions functions;

  Closure(Expression function, Scope scope, Functions functions) {
    this.function = function;
    this.scope = scope;
    this.functions = functions;
  }

  Expression function() {
    return function;
  }

  Scope scope() {
    return scope;
  }

  Expression body() {
    return switch (function) {
      case Expression.Lambda lambda -> lambda.body();
      case Expression.ShortLambda lambda -> lambda.body();
      default -> throw new IllegalStateException("not a lambda");
    };
  }

  /** The names of the fixed parameters; null for the implicit one of a short lambda. */
  List<String> parameters() {
    return function instanceof Expression.Lambda lambda
        ? lambda.parameters().stream().map(Name::text).toList()
        : List.of(Scope.RECEIVER);
  }

  Optional<String> rest() {
    return function instanceof Expression.Lambda lambda
        ? lambda.rest().map(Name::text)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return TypePrinter.print(functions.signature(this));
  }
}
