package io.refugium.fql10.schema;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.environment.DatabaseTypes;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.ExpressionParser;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.SyntaxException;
import io.refugium.fql10.syntax.SyntaxTrees;
import io.refugium.fql10.syntax.TextCursor;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeChecker;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.TypeReader;
import io.refugium.fql10.types.Unions;
import io.refugium.model.BuiltInRoles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a schema as a whole (schema specification, section 2.4, step 4): types exist and can be
 * stored, what is named exists, code fits its types. One for each check.
 */
public final class SchemaChecker {
  private static final Set<String> NATIVE_RESOURCES =
      Set.of(
          "Key",
          "Token",
          "Credential",
          "Credentials",
          "Database",
          "Collection",
          "Function",
          "Role",
          "AccessProvider");

  private final List<SchemaItem> items;
  private final Catalog catalog;
  private final TypeEnvironment library;
  private final WritePlaces writes;
  private TypeEnvironment environment;
  private final List<Diagnostic> errors = new ArrayList<>();

  /**
   * A check.
   *
   * @param items the items of the schema with their places
   * @param catalog the same schema
   * @param library the types without a schema
   * @param writes where a query wrote schema
   */
  public SchemaChecker(
      List<SchemaItem> items, Catalog catalog, TypeEnvironment library, WritePlaces writes) {
    this.items = items;
    this.catalog = catalog;
    this.library = library;
    this.writes = writes;
    this.environment = environment(Set.of());
  }

  /** The types of the schema, which know where in the items they are declared. */
  private TypeEnvironment environment(Set<String> broken) {
    Map<String, Map<String, TypeExpression>> fields = new HashMap<>();
    each(
        CollectionItem.class,
        item -> {
          Map<String, TypeExpression> types = new HashMap<>();
          item.fields().forEach(field -> types.put(field.name().text(), field.type()));
          fields.put(item.name().text(), types);
        });
    return DatabaseTypes.forCheck(library, catalog, new DatabaseTypes.Declarations(fields, broken));
  }

  /**
   * The built-in roles that access providers name: told of files before they are tried. A provider
   * of FQL v4 may name a user's role that is called like one.
   */
  public static List<Diagnostic> builtInRoles(List<SchemaItem> items, Catalog catalog) {
    List<Diagnostic> errors = new ArrayList<>();
    for (SchemaItem item : items) {
      if (item instanceof AccessProviderItem provider) {
        provider.roles().stream()
            .map(Membership::resource)
            .filter(role -> BuiltInRoles.has(role.text()) && catalog.role(role.text()) == null)
            .forEach(role -> errors.add(SchemaErrors.builtInRole(role.text(), role.span())));
      }
    }
    return errors;
  }

  /** What is wrong, in the order in which it is reported; empty if nothing is. */
  public List<Diagnostic> check() {
    Set<String> broken = new HashSet<>();
    each(
        CollectionItem.class,
        item -> {
          int before = errors.size();
          fieldTypes(item);
          if (errors.size() > before) {
            broken.add(item.name().text());
          }
        });
    if (!broken.isEmpty()) {
      environment = environment(broken);
    }
    if (catalog.database().typechecked()) {
      each(FunctionItem.class, this::function);
      each(CollectionItem.class, this::code);
    }
    each(RoleItem.class, this::role);
    each(AccessProviderItem.class, this::provider);
    return errors;
  }

  private <T extends SchemaItem> void each(
      Class<T> kind, java.util.function.Consumer<? super T> check) {
    items.stream().filter(kind::isInstance).map(kind::cast).forEach(check);
  }

  // --- names ----------------------------------------------------------------------------------

  /** Which types more than one collection defines, or a collection and the library. */
  public List<Diagnostic> derivedTypes() {
    List<Diagnostic> clashing = new ArrayList<>();
    Map<String, Integer> uses = new HashMap<>();
    for (CollectionDef collection : catalog.collections()) {
      for (String name : names(collection)) {
        derived(name).forEach(type -> uses.merge(type, 1, Integer::sum));
      }
    }
    for (CollectionDef collection : catalog.collections()) {
      for (String name : names(collection)) {
        Set<String> clashes = new LinkedHashSet<>();
        for (String type : derived(name)) {
          if (uses.get(type) > 1 || library.definition(type).isPresent()) {
            clashes.add(type);
          }
        }
        if (!clashes.isEmpty()) {
          String member = name.equals(collection.alias()) ? "alias" : "name";
          placeOf(collection)
              .ifPresent(
                  place -> clashing.add(SchemaErrors.derivedTypes(member, name, clashes, place)));
        }
      }
    }
    return clashing;
  }

  private static List<String> names(CollectionDef collection) {
    return collection.alias() == null
        ? List.of(collection.name())
        : List.of(collection.name(), collection.alias());
  }

  private static List<String> derived(String name) {
    return List.of(name, name + "Collection", "Null" + name);
  }

  /** Where a collection was defined; a query is told only of those that it wrote. */
  private Optional<Span> placeOf(CollectionDef collection) {
    if (writes.isQuery()) {
      return writes.of(collection.document().ref());
    }
    return items.stream()
        .filter(CollectionItem.class::isInstance)
        .filter(item -> item.name().text().equals(collection.name()))
        .map(SchemaItem::span)
        .findFirst();
  }

  // --- fields ---------------------------------------------------------------------------------

  private Set<String> collectionNames() {
    Set<String> names = new HashSet<>();
    catalog.collections().forEach(collection -> names.addAll(names(collection)));
    return names;
  }

  private void fieldTypes(CollectionItem item) {
    Persistable persistable = new Persistable(collectionNames());
    for (SchemaItem.Field field : item.fields()) {
      int before = errors.size();
      Type type = read(field.type());
      if (errors.size() == before) {
        persistable.check(item.name().text(), field).ifPresent(errors::add);
      }
      if (errors.size() == before && catalog.database().typechecked()) {
        defaults(field.type(), type, field.defaultValue());
      }
    }
    item.wildcard().ifPresent(this::wildcard);
  }

  private void wildcard(SchemaItem.Wildcard wildcard) {
    boolean any =
        wildcard.type() instanceof TypeExpression.Named named && named.name().text().equals("Any");
    if (!any) {
      errors.add(SchemaErrors.wildcardNotAny(wildcard.type().span()));
    }
  }

  private void defaults(TypeExpression expression, Type type, Optional<Expression> value) {
    value.ifPresent(
        given ->
            errors.addAll(TypeChecker.check(given, type.withoutOrigin(), environment).errors()));
    if (expression instanceof TypeExpression.ObjectType object
        && type.form() instanceof Type.Struct struct) {
      for (TypeExpression.ObjectType.Field field : object.fields()) {
        defaults(field.type(), struct.fields().get(field.key().text()), field.defaultValue());
      }
    }
  }

  private Type read(TypeExpression type) {
    return new TypeReader(environment, this::addError).read(type);
  }

  private void addError(Diagnostic diagnostic) {
    if (diagnostic.kind() == Diagnostic.Kind.ERROR) {
      errors.add(diagnostic);
    }
  }

  // --- functions ------------------------------------------------------------------------------

  private void function(FunctionItem item) {
    if (item.signature().isPresent()) {
      int before = errors.size();
      Type signature = read(item.signature().get());
      if (errors.size() == before) {
        errors.addAll(TypeChecker.checkFunction(item.body(), signature, environment).errors());
      }
    } else if (isRecursive(item)) {
      errors.add(SchemaErrors.recursive(item.name().text(), item.span()));
    } else {
      errors.addAll(TypeChecker.infer(item.body(), environment).errors());
    }
  }

  /** Whether a function without a signature leads back to itself through others without one. */
  private boolean isRecursive(FunctionItem item) {
    Set<FunctionItem> reached = new HashSet<>();
    List<FunctionItem> next = new ArrayList<>(calls(item));
    while (!next.isEmpty()) {
      FunctionItem called = next.removeLast();
      if (called.equals(item)) {
        return true;
      }
      if (reached.add(called)) {
        next.addAll(calls(called));
      }
    }
    return false;
  }

  private List<FunctionItem> calls(FunctionItem item) {
    Set<String> names = new HashSet<>();
    variables(item.body(), names);
    List<FunctionItem> called = new ArrayList<>();
    each(
        FunctionItem.class,
        function -> {
          boolean named =
              names.contains(function.name().text())
                  || function.alias().map(alias -> names.contains(alias.text())).orElse(false);
          if (named && function.signature().isEmpty()) {
            called.add(function);
          }
        });
    return called;
  }

  private static void variables(Expression expression, Set<String> names) {
    if (expression instanceof Expression.Variable variable) {
      names.add(variable.name());
    }
    SyntaxTrees.children(expression).forEach(child -> variables(child, names));
  }

  // --- code of collections --------------------------------------------------------------------

  private void code(CollectionItem item) {
    Type document = Type.named(item.name().text());
    for (SchemaItem.Computed field : item.computed()) {
      int before = errors.size();
      computed(field, document);
      if (errors.size() == before && isIndexed(item, field.name().text())) {
        new IndexedFieldCheck(item, catalog, errors::add).check(field.body());
      }
    }
    for (SchemaItem.Check check : item.checks()) {
      errors.addAll(
          TypeChecker.check(
                  unwrapped(check.body()),
                  function(document, Unions.of(Type.BOOLEAN, Type.NULL)),
                  environment)
              .errors());
    }
    item.indexedPaths().forEach(path -> path(path, document));
  }

  private void computed(SchemaItem.Computed field, Type document) {
    if (field.type().isEmpty()) {
      errors.addAll(
          TypeChecker.apply(unwrapped(field.body()), List.of(document), environment).errors());
      return;
    }
    int before = errors.size();
    Type declared = read(field.type().get());
    if (errors.size() == before) {
      errors.addAll(
          TypeChecker.check(unwrapped(field.body()), function(document, declared), environment)
              .errors());
    }
  }

  private static Type function(Type parameter, Type result) {
    return Type.of(
        new Type.Function(List.of(new Type.Parameter("", parameter)), Optional.empty(), result));
  }

  private static Expression unwrapped(Expression expression) {
    return expression instanceof Expression.Parenthesized parenthesized
        ? unwrapped(parenthesized.inner())
        : expression;
  }

  private static boolean isIndexed(CollectionItem item, String field) {
    return item.indexedPaths().stream().anyMatch(path -> path.steps().getFirst().equals(field));
  }

  /** A path is checked like the short lambda that it looks like. */
  private void path(FieldPath path, Type document) {
    boolean shadowed = path.steps().getFirst().equals("data");
    if (shadowed || path.span().length() == 0 || path.span().text().charAt(0) != '.') {
      return;
    }
    try {
      TextCursor cursor = TextCursor.at(path.span().source(), path.span().start());
      Expression lambda = new ExpressionParser(cursor).argument();
      errors.addAll(TypeChecker.apply(lambda, List.of(document), environment).errors());
    } catch (SyntaxException unreadable) {
      throw new IllegalStateException("a path is an expression: " + path.text(), unreadable);
    }
  }

  // --- roles and access providers -------------------------------------------------------------

  private void role(RoleItem item) {
    for (SchemaItem.Privileges privileges : item.privileges()) {
      Name resource = privileges.resource();
      boolean known =
          isCollection(resource.text())
              || catalog.function(resource.text()) != null
              || catalog.functionByAlias(resource.text()) != null;
      if (!known) {
        errors.add(SchemaErrors.noResource(resource.text(), resource.span()));
      }
      privileges.actions().forEach(action -> action.predicate().ifPresent(this::predicate));
    }
    for (Membership membership : item.membership()) {
      membership.predicate().ifPresent(this::predicate);
      Name resource = membership.resource();
      if (!isCollection(resource.text())) {
        errors.add(SchemaErrors.noResource(resource.text(), resource.span()));
      }
    }
  }

  /** The names in a predicate have to exist; its types are not checked (specification, 3.2). */
  private void predicate(Expression expression) {
    Expression lambda = unwrapped(expression);
    int parameters = lambda instanceof Expression.Lambda named ? named.parameters().size() : 1;
    TypeChecker.apply(lambda, Collections.nCopies(parameters, Type.ANY), environment)
        .errors()
        .stream()
        .filter(SchemaErrors::isUnboundName)
        .forEach(errors::add);
  }

  private boolean isCollection(String name) {
    return NATIVE_RESOURCES.contains(name)
        || catalog.collection(name) != null
        || catalog.collectionByAlias(name) != null;
  }

  private void provider(AccessProviderItem item) {
    for (Membership role : item.roles()) {
      role.predicate().ifPresent(this::predicate);
      Name name = role.resource();
      if (catalog.role(name.text()) == null) {
        errors.add(
            BuiltInRoles.has(name.text())
                ? SchemaErrors.builtInRole(name.text(), name.span())
                : SchemaErrors.noRole(name.text(), name.span()));
      }
    }
  }
}
