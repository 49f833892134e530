package io.refugium.fsl.diff;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.Action;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fsl.print.ExpressionPrinter;
import io.refugium.fsl.print.ItemPrinter;
import io.refugium.fsl.print.TypeText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of an item as canonical text by what tells them apart, so that layout, comments and
 * order do not count.
 */
final class Parts {
  private static final String IMPLICIT_WILDCARD = "Any";

  private Parts() {}

  /** All that an item says but its name. */
  static Map<String, Object> of(SchemaItem item) {
    Map<String, Object> parts = new LinkedHashMap<>();
    item.alias().ifPresent(alias -> parts.put("alias", alias.text()));
    switch (item) {
      case CollectionItem collection -> collection(collection, parts);
      case FunctionItem function -> {
        function.role().ifPresent(role -> parts.put("role", role.text()));
        parts.put("signature", signature(function));
        parts.put("body", ExpressionPrinter.print(function.body(), 0));
      }
      case RoleItem role -> {
        parts.put("privileges", privileges(role));
        parts.put("membership", members(role.membership()));
      }
      case AccessProviderItem provider -> {
        parts.put("issuer", provider.issuer().value());
        parts.put("jwks_uri", provider.jwksUri().value());
        parts.put("roles", members(provider.roles()));
      }
    }
    return parts;
  }

  private static void collection(CollectionItem item, Map<String, Object> parts) {
    parts.put("fields", fields(item));
    parts.put("wildcard", wildcard(item));
    parts.put("computed", computed(item));
    parts.put("indexes", indexes(item));
    parts.put("uniques", uniques(item));
    parts.put("checks", checks(item));
    parts.put("history_days", historyDays(item).filter(days -> days != 0));
    parts.put("ttl_days", ttlDays(item));
    parts.put("document_ttls", documentTtls(item));
    parts.put("migrations", item.statements().stream().map(statement -> statement.key()).toList());
  }

  static Map<String, String> fields(CollectionItem item) {
    Map<String, String> fields = new LinkedHashMap<>();
    item.fields().forEach(field -> fields.put(field.name().text(), ItemPrinter.field(field)));
    return fields;
  }

  private static String wildcard(CollectionItem item) {
    return item.wildcard()
        .map(wildcard -> TypeText.print(wildcard.type()))
        .orElse(item.isOpen() ? IMPLICIT_WILDCARD : "");
  }

  static Map<String, String> computed(CollectionItem item) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (SchemaItem.Computed field : item.computed()) {
      fields.put(
          field.name().text(),
          field.type().map(TypeText::print).orElse("")
              + " = "
              + ExpressionPrinter.body(field.body(), 0));
    }
    return fields;
  }

  static Map<String, SchemaItem.Index> indexItems(CollectionItem item) {
    Map<String, SchemaItem.Index> indexes = new LinkedHashMap<>();
    item.indexes().forEach(index -> indexes.put(index.name().text(), index));
    return indexes;
  }

  static Map<String, Map<String, String>> indexes(CollectionItem item) {
    Map<String, Map<String, String>> indexes = new LinkedHashMap<>();
    indexItems(item).forEach((name, index) -> indexes.put(name, members(index)));
    return indexes;
  }

  /** The terms and values of an index as texts, those it has. */
  static Map<String, String> members(SchemaItem.Index index) {
    Map<String, String> members = new LinkedHashMap<>();
    index.terms().ifPresent(terms -> members.put("terms", ItemPrinter.terms(terms.value())));
    index.values().ifPresent(values -> members.put("values", ItemPrinter.values(values.value())));
    return members;
  }

  static Map<String, String> uniques(CollectionItem item) {
    Map<String, String> uniques = new LinkedHashMap<>();
    for (SchemaItem.Unique unique : item.uniques()) {
      String terms = ItemPrinter.terms(unique.terms());
      uniques.put(terms, terms);
    }
    return uniques;
  }

  static Map<String, String> checks(CollectionItem item) {
    Map<String, String> checks = new LinkedHashMap<>();
    item.checks()
        .forEach(check -> checks.put(check.name().text(), ExpressionPrinter.body(check.body(), 0)));
    return checks;
  }

  static Map<String, String> defaults(CollectionItem item) {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (SchemaItem.Field field : item.fields()) {
      field
          .defaultValue()
          .ifPresent(value -> defaults.put(field.name().text(), ExpressionPrinter.print(value, 0)));
    }
    return defaults;
  }

  static Optional<Long> historyDays(CollectionItem item) {
    return item.historyDays().map(SchemaItem.Member::value);
  }

  static Optional<Long> ttlDays(CollectionItem item) {
    return item.ttlDays().map(SchemaItem.Member::value);
  }

  static Optional<Boolean> documentTtls(CollectionItem item) {
    return item.documentTtls().map(SchemaItem.Member::value);
  }

  static String signature(FunctionItem function) {
    return function.body().parameters().stream().map(name -> name.text()).toList()
        + function.body().rest().map(rest -> "..." + rest.text()).orElse("")
        + function.signature().map(TypeText::print).orElse("");
  }

  static String body(FunctionItem function) {
    return ExpressionPrinter.block(function.body().body(), 0);
  }

  /** Actions with their predicates by resource. */
  static Map<String, Map<String, Optional<String>>> privileges(RoleItem role) {
    Map<String, Map<String, Optional<String>>> privileges = new LinkedHashMap<>();
    for (SchemaItem.Privileges entry : role.privileges()) {
      Map<String, Optional<String>> actions = new LinkedHashMap<>();
      for (Action action : entry.actions()) {
        actions.put(action.name().text(), predicate(action.predicate()));
      }
      privileges.put(entry.resource().text(), actions);
    }
    return privileges;
  }

  /** Predicates by the name that they belong to. */
  static Map<String, Optional<String>> members(java.util.List<Membership> members) {
    Map<String, Optional<String>> predicates = new LinkedHashMap<>();
    members.forEach(
        member -> predicates.put(member.resource().text(), predicate(member.predicate())));
    return predicates;
  }

  private static Optional<String> predicate(Optional<Expression> predicate) {
    return predicate.map(body -> ExpressionPrinter.body(body, 0));
  }
}
