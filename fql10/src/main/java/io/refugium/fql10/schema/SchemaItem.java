package io.refugium.fql10.schema;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item of a schema as written in FSL: a collection, function, role or access provider, with the
 * places of its parts (schema specification, section 8).
 *
 * <p>Items come from source files or are made from schema documents; the spans of the latter are in
 * invisible sources. Names keep what they mean; their spans cover what was written.
 */
public sealed interface SchemaItem {
  /** From the annotations or the keyword to the closing brace. */
  Span span();

  Name name();

  Optional<Name> alias();

  /** A member that is one value. */
  record Member<T>(Span span, T value, Span valueSpan) {}

  /** {@code collection}; members in order of definition, each list by kind. */
  record CollectionItem(
      Span span,
      Name name,
      Optional<Name> alias,
      List<Field> fields,
      List<Computed> computed,
      Optional<Wildcard> wildcard,
      List<Index> indexes,
      List<Unique> uniques,
      List<Check> checks,
      Optional<Member<Long>> historyDays,
      Optional<Member<Long>> ttlDays,
      Optional<Member<Boolean>> documentTtls,
      Optional<Migrations> migrations)
      implements SchemaItem {

    public CollectionItem {
      fields = List.copyOf(fields);
      computed = List.copyOf(computed);
      indexes = List.copyOf(indexes);
      uniques = List.copyOf(uniques);
      checks = List.copyOf(checks);
    }

    /** Whether documents may have fields that are not defined, said so or not. */
    public boolean isOpen() {
      return wildcard.isPresent() || fields.isEmpty();
    }

    /** The paths of all indexes, then those of the unique constraints. */
    public List<FieldPath> indexedPaths() {
      List<FieldPath> paths = new ArrayList<>();
      for (Index index : indexes) {
        index.terms().ifPresent(terms -> terms.value().forEach(part -> paths.add(part.path())));
        index.values().ifPresent(values -> values.value().forEach(part -> paths.add(part.path())));
      }
      uniques.forEach(unique -> unique.terms().forEach(part -> paths.add(part.path())));
      return paths;
    }

    /** The new statements of the migration block, or none. */
    public List<Migration> statements() {
      return migrations.map(Migrations::statements).orElse(List.of());
    }
  }

  /** {@code name: Type = default}. */
  record Field(Span span, Name name, TypeExpression type, Optional<Expression> defaultValue) {}

  /** {@code compute name: Type = (doc) => body}. */
  record Computed(Span span, Name name, Optional<TypeExpression> type, Expression body) {}

  /** {@code *: Any}. */
  record Wildcard(Span span, TypeExpression type) {}

  /** A term or value of an index, or a term of a unique constraint. */
  record Part(Span span, FieldPath path, Optional<Boolean> mva, Optional<Boolean> descending) {}

  /** {@code index name { terms [...] values [...] }}. */
  record Index(
      Span span,
      Name name,
      Optional<Member<List<Part>>> terms,
      Optional<Member<List<Part>>> values) {}

  /** {@code unique [...]}. */
  record Unique(Span span, List<Part> terms) {}

  /** {@code check name (lambda)}. */
  record Check(Span span, Name name, Expression body) {}

  /** {@code migrations { ... }}. */
  record Migrations(Span span, List<Migration> statements) {
    public Migrations {
      statements = List.copyOf(statements);
    }
  }

  /** {@code function name(parameters): Type { body }}. */
  record FunctionItem(
      Span span,
      Name name,
      Optional<Name> alias,
      Optional<Name> role,
      Expression.Lambda body,
      Optional<TypeExpression> signature)
      implements SchemaItem {}

  /** {@code role name { privileges ... membership ... }}. */
  record RoleItem(Span span, Name name, List<Privileges> privileges, List<Membership> membership)
      implements SchemaItem {
    @Override
    public Optional<Name> alias() {
      return Optional.empty();
    }
  }

  /** {@code privileges Resource { actions }}. */
  record Privileges(Span span, Name resource, List<Action> actions) {}

  /** {@code read} or {@code read { predicate (lambda) }}. */
  record Action(Span span, Name name, Optional<Expression> predicate) {}

  /** {@code membership Resource { predicate (lambda) }}. */
  record Membership(Span span, Name resource, Optional<Expression> predicate) {}

  /** {@code access provider name { issuer jwks_uri role... }}. */
  record AccessProviderItem(
      Span span, Name name, Member<String> issuer, Member<String> jwksUri, List<Membership> roles)
      implements SchemaItem {
    @Override
    public Optional<Name> alias() {
      return Optional.empty();
    }
  }
}
