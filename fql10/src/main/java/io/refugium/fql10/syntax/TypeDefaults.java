package io.refugium.fql10.syntax;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a type may carry default values (schema specification, section 8.5): in members of types
 * written as objects, unless an enclosing element has its own default, is nullable, is in a union
 * or is not an object. Elsewhere, for instance in annotations, nowhere.
 */
public final class TypeDefaults {
  private final List<Diagnostic> errors = new ArrayList<>();

  private TypeDefaults() {}

  /** The errors of a type in which no default value may occur at all. */
  public static List<Diagnostic> checkForbidden(TypeExpression type) {
    TypeDefaults check = new TypeDefaults();
    check.visit(type, true, Optional.empty());
    return check.errors;
  }

  /**
   * The errors of the type of a field.
   *
   * @param ownDefault the span of the default value of the field itself
   */
  public static List<Diagnostic> checkField(TypeExpression type, Optional<Span> ownDefault) {
    TypeDefaults check = new TypeDefaults();
    check.visit(type, ownDefault.isPresent(), ownDefault.map(TypeDefaults::conflicting));
    return check.errors;
  }

  private static Hint conflicting(Span value) {
    return Hint.hint("Parent has a conflicting default value", value);
  }

  private void visit(TypeExpression type, boolean forbidden, Optional<Hint> why) {
    switch (type) {
      case TypeExpression.ObjectType object -> object(object, forbidden, why);
      case TypeExpression.Nullable nullable ->
          visit(
              nullable.type(), true, first(forbidden, why, "Parent is nullable", nullable.mark()));
      case TypeExpression.Union union ->
          all(union.members(), first(forbidden, why, "Parent is a union", union.span()));
      case TypeExpression.Intersection both ->
          all(both.members(), first(forbidden, why, "Parent is not an object", both.span()));
      case TypeExpression.Tuple tuple ->
          all(tuple.elements(), first(forbidden, why, "Parent is not an object", tuple.span()));
      case TypeExpression.Named named ->
          all(named.arguments(), first(forbidden, why, "Parent is not an object", named.span()));
      case TypeExpression.Function function -> {
        Optional<Hint> reason = first(forbidden, why, "Parent is not an object", function.span());
        function.parameters().forEach(parameter -> visit(parameter.type(), true, reason));
        function.rest().ifPresent(parameter -> visit(parameter.type(), true, reason));
        visit(function.result(), true, reason);
      }
      case TypeExpression.BooleanValue _,
          TypeExpression.IntegerValue _,
          TypeExpression.StringValue _ -> {}
    }
  }

  private void all(List<TypeExpression> members, Optional<Hint> why) {
    members.forEach(member -> visit(member, true, why));
  }

  /** The outermost reason counts. */
  private static Optional<Hint> first(
      boolean forbidden, Optional<Hint> why, String message, Span span) {
    return forbidden ? why : Optional.of(Hint.hint(message, span));
  }

  private void object(TypeExpression.ObjectType object, boolean forbidden, Optional<Hint> why) {
    for (TypeExpression.ObjectType.Field field : object.fields()) {
      Optional<Span> value = field.defaultValue().map(Expression::span);
      if (forbidden && value.isPresent()) {
        errors.add(SyntaxErrors.defaultNotAllowed(value.get(), why.stream().toArray(Hint[]::new)));
      }
      boolean inner = forbidden || value.isPresent();
      visit(field.type(), inner, forbidden ? why : value.map(TypeDefaults::conflicting));
    }
    object.wildcard().ifPresent(type -> visit(type, forbidden, why));
  }
}
