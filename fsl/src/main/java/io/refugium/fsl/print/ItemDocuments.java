package io.refugium.fsl.print;

import io.refugium.fql10.schema.Migration;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.Part;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** The schema documents that items say (schema specification, section 8.6). */
public final class ItemDocuments {
  private ItemDocuments() {}

  /** The system collection in which the document of an item is. */
  public static int collectionOf(SchemaItem item) {
    return switch (item) {
      case CollectionItem _ -> SystemCollections.COLLECTION;
      case FunctionItem _ -> SystemCollections.FUNCTION;
      case RoleItem _ -> SystemCollections.ROLE;
      case AccessProviderItem _ -> SystemCollections.ACCESS_PROVIDER;
    };
  }

  /** The fields of the document of an item. */
  public static ObjectValue of(SchemaItem item) {
    return switch (item) {
      case CollectionItem collection -> collection(collection);
      case FunctionItem function -> function(function);
      case RoleItem role -> role(role);
      case AccessProviderItem provider -> provider(provider);
    };
  }

  private static Value text(String text) {
    return new StringValue(text);
  }

  private static Value text(Name name) {
    return new StringValue(name.text());
  }

  // --- collections ----------------------------------------------------------------------------

  private static ObjectValue collection(CollectionItem item) {
    ObjectValue.Builder document = ObjectValue.builder();
    document.put("name", text(item.name()));
    item.alias().ifPresent(alias -> document.put("alias", text(alias)));
    ObjectValue computed = computed(item);
    if (!computed.isEmpty()) {
      document.put("computed_fields", computed);
    }
    ObjectValue fields = fields(item);
    if (!fields.isEmpty()) {
      document.put("fields", fields);
    }
    item.wildcard()
        .ifPresent(wildcard -> document.put("wildcard", text(TypeText.print(wildcard.type()))));
    document.put(
        "history_days", new LongValue(item.historyDays().map(days -> days.value()).orElse(0L)));
    item.ttlDays().ifPresent(days -> document.put("ttl_days", new LongValue(days.value())));
    item.documentTtls()
        .ifPresent(flag -> document.put("document_ttls", BooleanValue.of(flag.value())));
    document.put("indexes", indexes(item));
    document.put("constraints", constraints(item));
    List<Value> migrations = item.statements().stream().map(ItemDocuments::statement).toList();
    if (!migrations.isEmpty()) {
      document.put("migrations", new ArrayValue(migrations));
    }
    return document.build();
  }

  private static ObjectValue fields(CollectionItem item) {
    ObjectValue.Builder fields = ObjectValue.builder();
    for (SchemaItem.Field field : item.fields()) {
      ObjectValue.Builder definition = ObjectValue.builder();
      definition.put("signature", text(TypeText.print(field.type())));
      field
          .defaultValue()
          .ifPresent(value -> definition.put("default", text(ExpressionPrinter.print(value, 0))));
      fields.put(field.name().text(), definition.build());
    }
    return fields.build();
  }

  private static ObjectValue computed(CollectionItem item) {
    ObjectValue.Builder fields = ObjectValue.builder();
    for (SchemaItem.Computed field : item.computed()) {
      ObjectValue.Builder definition = ObjectValue.builder();
      definition.put("body", text(ExpressionPrinter.body(field.body(), 0)));
      field.type().ifPresent(type -> definition.put("signature", text(TypeText.print(type))));
      fields.put(field.name().text(), definition.build());
    }
    return fields.build();
  }

  private static ObjectValue indexes(CollectionItem item) {
    ObjectValue.Builder indexes = ObjectValue.builder();
    for (SchemaItem.Index index : item.indexes()) {
      ObjectValue.Builder definition = ObjectValue.builder();
      index.terms().ifPresent(terms -> definition.put("terms", terms(terms.value())));
      index
          .values()
          .ifPresent(
              values ->
                  definition.put(
                      "values",
                      new ArrayValue(
                          values.value().stream().<Value>map(ItemDocuments::value).toList())));
      indexes.put(index.name().text(), definition.build());
    }
    return indexes.build();
  }

  private static ArrayValue terms(List<Part> terms) {
    return new ArrayValue(
        terms.stream()
            .<Value>map(
                term ->
                    ObjectValue.builder()
                        .put("field", text(term.path().text()))
                        .put("mva", BooleanValue.of(term.mva().orElse(false)))
                        .build())
            .toList());
  }

  private static ObjectValue value(Part value) {
    return ObjectValue.builder()
        .put("field", text(value.path().text()))
        .put("order", text(value.descending().orElse(false) ? "desc" : "asc"))
        .put("mva", BooleanValue.of(value.mva().orElse(false)))
        .build();
  }

  private static ArrayValue constraints(CollectionItem item) {
    List<Value> constraints = new ArrayList<>();
    item.uniques()
        .forEach(unique -> constraints.add(ObjectValue.of("unique", terms(unique.terms()))));
    for (SchemaItem.Check check : item.checks()) {
      constraints.add(
          ObjectValue.of(
              "check",
              ObjectValue.builder()
                  .put("name", text(check.name()))
                  .put("body", text(ExpressionPrinter.body(check.body(), 0)))
                  .build()));
    }
    return new ArrayValue(constraints);
  }

  private static Value statement(Migration statement) {
    return switch (statement) {
      case Migration.Add add -> ObjectValue.of("add", field(add.field().text()));
      case Migration.Drop drop -> ObjectValue.of("drop", field(drop.field().text()));
      case Migration.Backfill backfill ->
          ObjectValue.of(
              "backfill", field(backfill.field().text()).with("value", text(backfill.valueText())));
      case Migration.Move move ->
          ObjectValue.of("move", field(move.field().text()).with("to", text(move.to().text())));
      case Migration.Split split ->
          ObjectValue.of(
              "split",
              field(split.field().text())
                  .with(
                      "to",
                      new ArrayValue(
                          split.to().stream().<Value>map(path -> text(path.text())).toList())));
      case Migration.MoveConflicts move ->
          ObjectValue.of("move_conflicts", ObjectValue.of("into", text(move.into().text())));
      case Migration.MoveWildcard move ->
          ObjectValue.of("move_wildcard", ObjectValue.of("into", text(move.into().text())));
      case Migration.AddWildcard _ -> ObjectValue.of("add_wildcard", ObjectValue.EMPTY);
    };
  }

  private static ObjectValue field(String path) {
    return ObjectValue.of("field", text(path));
  }

  // --- other items ----------------------------------------------------------------------------

  private static ObjectValue function(FunctionItem item) {
    ObjectValue.Builder document = ObjectValue.builder();
    document.put("name", text(item.name()));
    item.alias().ifPresent(alias -> document.put("alias", text(alias)));
    item.role().ifPresent(role -> document.put("role", text(role)));
    document.put("body", text(ExpressionPrinter.function(item.body(), 0)));
    item.signature()
        .map(TypeExpression.Function.class::cast)
        .ifPresent(signature -> document.put("signature", text(signature(signature))));
    return document.build();
  }

  /** Like a type, but always with parentheses. */
  private static String signature(TypeExpression.Function signature) {
    return TypeText.print(signature);
  }

  private static ObjectValue role(RoleItem item) {
    List<Value> privileges = new ArrayList<>();
    for (SchemaItem.Privileges entry : item.privileges()) {
      ObjectValue.Builder actions = ObjectValue.builder();
      for (SchemaItem.Action action : entry.actions()) {
        actions.put(
            action.name().text(),
            action
                .predicate()
                .<Value>map(predicate -> text(ExpressionPrinter.body(predicate, 0)))
                .orElse(BooleanValue.TRUE));
      }
      ObjectValue granted = actions.build();
      ObjectValue privilege = ObjectValue.of("resource", text(entry.resource()));
      privileges.add(granted.isEmpty() ? privilege : privilege.with("actions", granted));
    }
    return ObjectValue.builder()
        .put("name", text(item.name()))
        .put("privileges", new ArrayValue(privileges))
        .put(
            "membership",
            new ArrayValue(
                item.membership().stream()
                    .<Value>map(member -> member(member, "resource"))
                    .toList()))
        .build();
  }

  private static ObjectValue member(Membership member, String field) {
    ObjectValue entry = ObjectValue.of(field, text(member.resource()));
    return member
        .predicate()
        .map(predicate -> entry.with("predicate", text(ExpressionPrinter.body(predicate, 0))))
        .orElse(entry);
  }

  private static ObjectValue provider(AccessProviderItem item) {
    ObjectValue.Builder document = ObjectValue.builder();
    document.put("name", text(item.name()));
    document.put("issuer", text(item.issuer().value()));
    document.put("jwks_uri", text(item.jwksUri().value()));
    List<Value> roles = new ArrayList<>();
    for (Membership role : item.roles()) {
      roles.add(role.predicate().isEmpty() ? text(role.resource()) : member(role, "role"));
    }
    if (!roles.isEmpty()) {
      document.put("roles", new ArrayValue(roles));
    }
    return document.build();
  }
}
