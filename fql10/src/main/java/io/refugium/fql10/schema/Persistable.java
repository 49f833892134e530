package io.refugium.fql10.schema;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which types the fields of a collection may have (schema specification, section 4.4). */
final class Persistable {
  private static final Set<String> SCALARS =
      Set.of(
          "Any", "Null", "Boolean", "Number", "Int", "Long", "Float", "Double", "String", "Time",
          "Date", "Bytes", "UUID");
  private static final Set<String> NATIVE_DOCUMENTS =
      Set.of("Key", "Token", "Credential", "Role", "AccessProvider");

  private final Set<String> documents;

  /**
   * @param collections the names and aliases of the user's collections
   */
  Persistable(Set<String> collections) {
    this.documents = new HashSet<>(collections);
    this.documents.addAll(NATIVE_DOCUMENTS);
  }

  /** Why a field cannot be stored; empty if it can. */
  Optional<Diagnostic> check(String collection, SchemaItem.Field field) {
    return offender(field.type())
        .map(
            part -> {
              Span whole = field.type().span();
              Diagnostic error =
                  SchemaErrors.notPersistable(
                      field.name().text(), collection, whole, part.span().text(), part.span());
              return reference(part)
                  .map(name -> error.with(List.of(SchemaErrors.useReference(name, part.span()))))
                  .orElse(error);
            });
  }

  private Optional<String> reference(TypeExpression part) {
    if (!(part instanceof TypeExpression.Named named)) {
      return Optional.empty();
    }
    String name = named.name().text();
    if (documents.contains(name)) {
      return Optional.of(name);
    }
    return name.startsWith("Null") && documents.contains(name.substring(4))
        ? Optional.of(name.substring(4))
        : Optional.empty();
  }

  /** The first part that cannot be stored. */
  private Optional<TypeExpression> offender(TypeExpression type) {
    return switch (type) {
      case TypeExpression.Named named -> named(named);
      case TypeExpression.BooleanValue _,
          TypeExpression.IntegerValue _,
          TypeExpression.StringValue _ ->
          Optional.empty();
      case TypeExpression.ObjectType object -> object(object);
      case TypeExpression.Tuple tuple -> first(tuple.elements());
      case TypeExpression.Union union -> union(union.members());
      case TypeExpression.Intersection both -> first(both.members());
      case TypeExpression.Nullable nullable -> offender(nullable.type());
      case TypeExpression.Function function -> Optional.of(function);
    };
  }

  private Optional<TypeExpression> named(TypeExpression.Named named) {
    String name = named.name().text();
    if (name.equals("Array")) {
      return first(named.arguments());
    }
    boolean reference =
        name.equals("Ref")
            && named.arguments().getFirst() instanceof TypeExpression.Named target
            && documents.contains(target.name().text());
    return reference || SCALARS.contains(name) ? Optional.empty() : Optional.of(named);
  }

  private Optional<TypeExpression> object(TypeExpression.ObjectType object) {
    if (object.open()) {
      return Optional.of(object);
    }
    Optional<TypeExpression> found =
        first(object.fields().stream().map(TypeExpression.ObjectType.Field::type).toList());
    return found.isPresent() ? found : object.wildcard().flatMap(this::offender);
  }

  private Optional<TypeExpression> first(List<TypeExpression> types) {
    return types.stream().map(this::offender).flatMap(Optional::stream).findFirst();
  }

  /** A document type and the type of its absence together are a reference. */
  private Optional<TypeExpression> union(List<TypeExpression> members) {
    Set<String> names = new HashSet<>();
    for (TypeExpression member : members) {
      if (member instanceof TypeExpression.Named named) {
        names.add(named.name().text());
      }
    }
    return first(
        members.stream()
            .filter(
                member ->
                    !(member instanceof TypeExpression.Named named
                        && isPaired(named.name().text(), names)))
            .toList());
  }

  private boolean isPaired(String name, Set<String> names) {
    boolean missing = name.startsWith("Null") && documents.contains(name.substring(4));
    return missing
        ? names.contains(name.substring(4))
        : documents.contains(name) && names.contains("Null" + name);
  }
}
