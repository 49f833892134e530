package io.refugium.fql10.schema;

import io.refugium.database.catalog.AccessProviderDef;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.RoleDef;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.Action;
import io.refugium.fql10.schema.SchemaItem.Check;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.Computed;
import io.refugium.fql10.schema.SchemaItem.Field;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.Index;
import io.refugium.fql10.schema.SchemaItem.Member;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.Migrations;
import io.refugium.fql10.schema.SchemaItem.Part;
import io.refugium.fql10.schema.SchemaItem.Privileges;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.schema.SchemaItem.Unique;
import io.refugium.fql10.schema.SchemaItem.Wildcard;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Schema documents as items, with spans that diagnostics do not show. Documents with parts that
 * only FQL v4 can say, or that do not parse, have no item (schema specification, section 8.8).
 */
public final class DocumentItems {
  /** A document cannot be said in FSL. */
  private static final class Inexpressible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Inexpressible() {
      super("cannot be said in FSL", null, false, false);
    }
  }

  private DocumentItems() {}

  /** The items of a schema: collections, functions, roles, access providers, each by creation. */
  public static List<SchemaItem> of(Catalog catalog) {
    List<SchemaItem> items = new ArrayList<>();
    catalog.collections().forEach(definition -> collection(definition).ifPresent(items::add));
    catalog.functions().forEach(definition -> function(definition).ifPresent(items::add));
    catalog.roles().forEach(definition -> role(definition).ifPresent(items::add));
    catalog.accessProviders().forEach(definition -> provider(definition).ifPresent(items::add));
    return items;
  }

  // --- pieces ---------------------------------------------------------------------------------

  private static Span place(String text) {
    return Source.hidden("*schema*", text).span();
  }

  private static Name name(String text) {
    return new Name(place(text), text);
  }

  private static String string(ObjectValue object, String field) {
    if (object.get(field) instanceof StringValue(String text)) {
      return text;
    }
    throw new Inexpressible();
  }

  private static Optional<Name> optionalName(ObjectValue object, String field) {
    return switch (object.get(field)) {
      case null -> Optional.empty();
      case StringValue(String text) -> Optional.of(name(text));
      default -> throw new Inexpressible();
    };
  }

  private static Expression expression(String text) {
    return Parser.query(Source.hidden("*schema*", text)).orThrow(errors -> new Inexpressible());
  }

  private static TypeExpression type(String text) {
    return Parser.type(Source.hidden("*schema*", text)).orThrow(errors -> new Inexpressible());
  }

  private static List<ObjectValue> objects(Value value) {
    return switch (value) {
      case null -> List.of();
      case ObjectValue object -> List.of(object);
      case ArrayValue(List<Value> elements) -> {
        List<ObjectValue> objects = new ArrayList<>();
        for (Value element : elements) {
          if (!(element instanceof ObjectValue object)) {
            throw new Inexpressible();
          }
          objects.add(object);
        }
        yield objects;
      }
      default -> throw new Inexpressible();
    };
  }

  private static FieldPath path(String text) {
    return FieldPath.read(place(text)).orElseThrow(Inexpressible::new);
  }

  // --- collections ----------------------------------------------------------------------------

  /** The item of a collection. */
  public static Optional<CollectionItem> collection(CollectionDef definition) {
    try {
      return Optional.of(item(definition.document().fields()));
    } catch (Inexpressible inexpressible) {
      return Optional.empty();
    }
  }

  private static CollectionItem item(ObjectValue document) {
    List<Unique> uniques = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (ObjectValue constraint : objects(document.get("constraints"))) {
      if (constraint.get("unique") instanceof ArrayValue(List<Value> terms)) {
        uniques.add(new Unique(place(""), terms.stream().map(DocumentItems::term).toList()));
      } else if (constraint.get("check") instanceof ObjectValue check) {
        checks.add(
            new Check(place(""), name(string(check, "name")), expression(string(check, "body"))));
      }
    }
    return new CollectionItem(
        place(""),
        name(string(document, "name")),
        optionalName(document, "alias"),
        members(document, "fields").stream()
            .map(field -> field(string(document, "name"), field))
            .toList(),
        members(document, "computed_fields").stream().map(DocumentItems::computed).toList(),
        Optional.ofNullable(document.get("wildcard"))
            .map(type -> new Wildcard(place(""), type(((StringValue) type).value()))),
        members(document, "indexes").stream().map(DocumentItems::index).toList(),
        uniques,
        checks,
        historyDays(document),
        number(document, "ttl_days"),
        flag(document),
        migrations(document));
  }

  private static List<Map.Entry<String, ObjectValue>> members(ObjectValue document, String field) {
    List<Map.Entry<String, ObjectValue>> members = new ArrayList<>();
    if (document.get(field) instanceof ObjectValue object) {
      for (Map.Entry<String, Value> member : object) {
        if (member.getValue() instanceof ObjectValue definition) {
          members.add(Map.entry(member.getKey(), definition));
        }
      }
    }
    return members;
  }

  private static Field field(String collection, Map.Entry<String, ObjectValue> member) {
    ObjectValue definition = member.getValue();
    Optional<Expression> value =
        definition.get("default") instanceof StringValue(String text)
            ? Optional.of(expression(text))
            : Optional.empty();
    Source signature =
        Source.named(
            "*field:" + collection + ":" + member.getKey() + "*", string(definition, "signature"));
    TypeExpression type =
        Parser.fieldType(signature, value.isPresent()).orThrow(errors -> new Inexpressible());
    return new Field(place(""), name(member.getKey()), type, value);
  }

  private static Computed computed(Map.Entry<String, ObjectValue> member) {
    ObjectValue definition = member.getValue();
    Optional<TypeExpression> type =
        definition.get("signature") instanceof StringValue(String text)
            ? Optional.of(type(text))
            : Optional.empty();
    return new Computed(
        place(""), name(member.getKey()), type, expression(string(definition, "body")));
  }

  private static Index index(Map.Entry<String, ObjectValue> member) {
    return new Index(
        place(""),
        name(member.getKey()),
        parts(member.getValue().get("terms"), DocumentItems::term),
        parts(member.getValue().get("values"), DocumentItems::value));
  }

  private static Optional<Member<List<Part>>> parts(Value list, Function<Value, Part> part) {
    return list instanceof ArrayValue(List<Value> parts)
        ? Optional.of(new Member<>(place(""), parts.stream().map(part).toList(), place("")))
        : Optional.empty();
  }

  private static Part term(Value term) {
    return switch (term) {
      case StringValue(String path) ->
          new Part(place(path), path(path), Optional.empty(), Optional.empty());
      case ObjectValue object ->
          new Part(
              place(string(object, "field")),
              path(string(object, "field")),
              mva(object),
              Optional.empty());
      default -> throw new Inexpressible();
    };
  }

  private static Part value(Value value) {
    ObjectValue object = objects(value).getFirst();
    Optional<Boolean> descending =
        object.get("order") instanceof StringValue(String order)
            ? Optional.of(order.equals("desc"))
            : Optional.empty();
    String path = string(object, "field");
    return new Part(place(path), path(path), mva(object), descending);
  }

  private static Optional<Boolean> mva(ObjectValue part) {
    return part.get("mva") instanceof BooleanValue mva
        ? Optional.of(mva.value())
        : Optional.empty();
  }

  private static Optional<Member<Long>> historyDays(ObjectValue document) {
    long days =
        document.get("history_days") instanceof LongValue(long number) ? number : Long.MAX_VALUE;
    return days == 0
        ? Optional.empty()
        : Optional.of(new Member<>(place(""), days, place(Long.toString(days))));
  }

  private static Optional<Member<Long>> number(ObjectValue document, String field) {
    return document.get(field) instanceof LongValue(long number)
        ? Optional.of(new Member<>(place(""), number, place(Long.toString(number))))
        : Optional.empty();
  }

  private static Optional<Member<Boolean>> flag(ObjectValue document) {
    return document.get("document_ttls") instanceof BooleanValue flag
        ? Optional.of(new Member<>(place(""), flag.value(), place("")))
        : Optional.empty();
  }

  // --- migrations -----------------------------------------------------------------------------

  private static Optional<Migrations> migrations(ObjectValue document) {
    List<Migration> statements = statements(document.get("migrations"));
    return statements.isEmpty()
        ? Optional.empty()
        : Optional.of(new Migrations(place(""), statements));
  }

  /** The statements of a stored migration block; what is none is left out. */
  public static List<Migration> statements(Value block) {
    return objects(block).stream().map(DocumentItems::statement).flatMap(Optional::stream).toList();
  }

  private static Optional<Migration> statement(ObjectValue statement) {
    if (statement.isEmpty() || !(statement.valueAt(0) instanceof ObjectValue arguments)) {
      return Optional.empty();
    }
    Span span = place("");
    return switch (statement.nameAt(0)) {
      case "add" -> Optional.of(new Migration.Add(span, path(string(arguments, "field"))));
      case "drop" -> Optional.of(new Migration.Drop(span, path(string(arguments, "field"))));
      case "backfill" -> {
        String value = string(arguments, "value");
        yield Optional.of(
            new Migration.Backfill(
                span, path(string(arguments, "field")), expression(value), value));
      }
      case "move" ->
          Optional.of(
              new Migration.Move(
                  span, path(string(arguments, "field")), path(string(arguments, "to"))));
      case "split" -> {
        List<FieldPath> to = new ArrayList<>();
        if (arguments.get("to") instanceof ArrayValue(List<Value> targets)) {
          targets.forEach(target -> to.add(path(((StringValue) target).value())));
        }
        yield Optional.of(new Migration.Split(span, path(string(arguments, "field")), to));
      }
      case "move_conflicts" ->
          Optional.of(new Migration.MoveConflicts(span, path(string(arguments, "into"))));
      case "move_wildcard" ->
          Optional.of(new Migration.MoveWildcard(span, path(string(arguments, "into"))));
      case "add_wildcard" -> Optional.of(new Migration.AddWildcard(span));
      default -> Optional.empty();
    };
  }

  // --- functions ------------------------------------------------------------------------------

  /** The item of a function. */
  public static Optional<FunctionItem> function(FunctionDef definition) {
    try {
      return Optional.of(item(definition));
    } catch (Inexpressible inexpressible) {
      return Optional.empty();
    }
  }

  private static FunctionItem item(FunctionDef definition) {
    ObjectValue document = definition.document().fields();
    if (!(unwrapped(expression(string(document, "body"))) instanceof Expression.Lambda lambda)) {
      throw new Inexpressible();
    }
    Optional<TypeExpression> signature =
        document.get("signature") instanceof StringValue(String text)
            ? Optional.of(type(text))
            : Optional.empty();
    return new FunctionItem(
        place(""),
        name(string(document, "name")),
        optionalName(document, "alias"),
        role(document.get("role")),
        lambda,
        signature.filter(TypeExpression.Function.class::isInstance));
  }

  private static Optional<Name> role(Value stored) {
    return switch (stored) {
      case null -> Optional.empty();
      case StringValue(String name) -> Optional.of(name(name));
      default -> throw new Inexpressible();
    };
  }

  private static Expression unwrapped(Expression expression) {
    return expression instanceof Expression.Parenthesized parenthesized
        ? unwrapped(parenthesized.inner())
        : expression;
  }

  // --- roles and access providers -------------------------------------------------------------

  /** The item of a role. */
  public static Optional<RoleItem> role(RoleDef definition) {
    try {
      ObjectValue document = definition.document().fields();
      return Optional.of(
          new RoleItem(
              place(""),
              name(string(document, "name")),
              objects(document.get("privileges")).stream().map(DocumentItems::privileges).toList(),
              objects(document.get("membership")).stream()
                  .map(entry -> membership(entry, "resource"))
                  .toList()));
    } catch (Inexpressible inexpressible) {
      return Optional.empty();
    }
  }

  private static Privileges privileges(ObjectValue entry) {
    List<Action> actions = new ArrayList<>();
    if (entry.get("actions") instanceof ObjectValue object) {
      for (Map.Entry<String, Value> action : object) {
        switch (action.getValue()) {
          case BooleanValue granted when granted.value() ->
              actions.add(new Action(place(""), name(action.getKey()), Optional.empty()));
          case StringValue(String predicate) ->
              actions.add(
                  new Action(place(""), name(action.getKey()), Optional.of(expression(predicate))));
          case BooleanValue _ -> {}
          default -> throw new Inexpressible();
        }
      }
    }
    return new Privileges(place(""), name(string(entry, "resource")), actions);
  }

  private static Membership membership(ObjectValue entry, String field) {
    Optional<Expression> predicate =
        switch (entry.get("predicate")) {
          case null -> Optional.empty();
          case StringValue(String text) -> Optional.of(expression(text));
          default -> throw new Inexpressible();
        };
    return new Membership(place(""), name(string(entry, field)), predicate);
  }

  /** The item of an access provider. */
  public static Optional<AccessProviderItem> provider(AccessProviderDef definition) {
    try {
      ObjectValue document = definition.document().fields();
      return Optional.of(
          new AccessProviderItem(
              place(""),
              name(string(document, "name")),
              text(document, "issuer"),
              text(document, "jwks_uri"),
              distinct(roles(document.get("roles")))));
    } catch (Inexpressible inexpressible) {
      return Optional.empty();
    }
  }

  private static Member<String> text(ObjectValue document, String field) {
    String text = string(document, field);
    return new Member<>(place(""), text, place(text));
  }

  // Only FQL v4 lets a provider name a role twice.
  private static List<Membership> distinct(List<Membership> roles) {
    if (roles.stream().map(role -> role.resource().text()).distinct().count() < roles.size()) {
      throw new Inexpressible();
    }
    return roles;
  }

  private static List<Membership> roles(Value value) {
    return switch (value) {
      case null -> List.of();
      case StringValue(String name) ->
          List.of(new Membership(place(""), name(name), Optional.empty()));
      case ObjectValue entry -> List.of(membership(entry, "role"));
      case ArrayValue(List<Value> entries) ->
          entries.stream().flatMap(entry -> roles(entry).stream()).toList();
      default -> throw new Inexpressible();
    };
  }
}
