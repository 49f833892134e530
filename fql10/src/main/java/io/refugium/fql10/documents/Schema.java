package io.refugium.fql10.documents;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.Definition;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.fql10.compile.CompiledQuery;
import io.refugium.fql10.compile.Compiler;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Globals;
import io.refugium.fql10.runtime.Inputs;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.UserFunction;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one version of a database's schema means to FQL v10: the modules of its collections, its
 * functions, computed fields. Made once for each catalog; thread-safe.
 */
public final class Schema implements Globals {
  private final Catalog catalog;
  private final StandardLibrary library;
  private final SystemModules system;
  private final Map<String, Module> modules = new ConcurrentHashMap<>();
  private final Map<Long, UserFunction> functions = new ConcurrentHashMap<>();
  private final Map<Integer, DocumentShape> shapes = new ConcurrentHashMap<>();
  private final Map<Source, Optional<Lambda>> lambdas = new ConcurrentHashMap<>();
  private final Map<Source, CompiledQuery> constants = new ConcurrentHashMap<>();

  private Schema(Catalog catalog, StandardLibrary library, SystemModules system) {
    this.catalog = catalog;
    this.library = library;
    this.system = system;
  }

  private record Key() {}

  /** The schema of a catalog. */
  public static Schema of(Catalog catalog, StandardLibrary library, SystemModules system) {
    return catalog.memo(new Key(), () -> new Schema(catalog, library, system));
  }

  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Value find(String name) {
    Value global = library.globals().get(name);
    if (global != null) {
      return global;
    }
    Module collection = collection(name);
    return collection != null ? collection : function(name);
  }

  /** The collection of the user with a name or alias, or null. */
  public Module collection(String name) {
    CollectionDef definition = catalog.collection(name);
    if (definition == null) {
      definition = catalog.collectionByAlias(name);
    }
    if (definition == null) {
      return null;
    }
    CollectionDef found = definition;
    return modules.computeIfAbsent(name, known -> UserCollections.module(found, known));
  }

  /** The function of the user with a name or alias, or null. */
  public UserFunction function(String name) {
    FunctionDef definition = catalog.function(name);
    if (definition == null) {
      definition = catalog.functionByAlias(name);
    }
    if (definition == null) {
      return null;
    }
    FunctionDef found = definition;
    return functions.computeIfAbsent(
        definition.document().ref().id(), id -> new StoredFunction(found, this));
  }

  /** The definition of the collection or function of a name or alias in a schema. */
  public Optional<Value> definitionOf(Catalog current, String name) {
    for (Definition definition :
        Arrays.asList(
            current.collection(name),
            current.collectionByAlias(name),
            current.function(name),
            current.functionByAlias(name))) {
      if (definition != null) {
        return Optional.of(definition.document().ref());
      }
    }
    return Optional.empty();
  }

  /** The module of a collection under its own name; null if there is none. */
  Module moduleOf(int collection) {
    if (!SystemCollections.isUser(collection)) {
      return system.module(collection);
    }
    CollectionDef definition = catalog.collection(collection);
    return definition == null ? null : collection(definition.name());
  }

  /** The methods of the documents of a collection. */
  Members documentMembers(int collection) {
    return SystemCollections.isUser(collection)
        ? UserDocuments.MEMBERS
        : system.documentMembers(collection);
  }

  SystemDocuments systemDocuments() {
    return system.documents();
  }

  /** What documents of a collection of the user look like. */
  DocumentShape shapeOf(int collection) {
    DocumentShape known = shapes.get(collection);
    if (known == null) {
      known = new DocumentShape(moduleOf(collection), computedFields(collection));
      shapes.put(collection, known);
    }
    return known;
  }

  /** The computed fields of a collection in order of definition. */
  private List<ComputedField> computedFields(int collection) {
    CollectionDef definition = catalog.collection(collection);
    List<ComputedField> fields = new ArrayList<>();
    if (definition == null) {
      return fields;
    }
    for (Map.Entry<String, Value> field : definition.computedFields()) {
      if (field.getValue() instanceof ObjectValue described
          && described.get("body") instanceof StringValue(String body)) {
        Source source = Source.computedField(definition.name(), field.getKey(), body);
        lambda(source).ifPresent(found -> fields.add(new ComputedField(field.getKey(), found)));
      }
    }
    return fields;
  }

  /** The function that a stored text defines; empty if the text does not parse as one. */
  public Optional<Lambda> lambda(Source source) {
    Optional<Lambda> known = lambdas.get(source);
    if (known == null) {
      known = compileLambda(source);
      lambdas.put(source, known);
    }
    return known;
  }

  /** The name of a collection by its internal id. */
  public String collectionName(int collection) {
    CollectionDef definition = catalog.collection(collection);
    return definition == null ? SystemDocuments.nameOf(collection) : definition.name();
  }

  /** The internal id of a collection that a type may name; negative if there is none. */
  int collectionId(String name) {
    CollectionDef definition = catalog.collection(name);
    if (definition == null) {
      definition = catalog.collectionByAlias(name);
    }
    return definition != null ? definition.id() : system.typeId(name);
  }

  /**
   * Evaluates a stored expression that is no function: a default value or a backfill. It has no
   * rights, and may do nothing but observe the time of the transaction.
   */
  Value evaluateConstant(QueryContext context, Source source) {
    CompiledQuery compiled = constants.get(source);
    if (compiled == null) {
      Expression tree =
          Parser.query(source)
              .orThrow(
                  errors -> QueryFailure.of(ErrorCode.INVALID_QUERY, errors.getFirst().message()));
      compiled = Compiler.compile(QueryText.of(source), tree, this, Set.of());
      constants.put(source, compiled);
    }
    CompiledQuery code = compiled;
    StoredDocuments documents = StoredDocuments.of(context);
    return documents.within(
        documents.session().withoutRights(),
        () -> context.limited(EffectLimit.DEFAULT_VALUES, () -> code.run(context, Inputs.NONE)));
  }

  private Optional<Lambda> compileLambda(Source source) {
    if (!(Parser.query(source) instanceof Parsed.Tree<Expression>(Expression tree))) {
      return Optional.empty();
    }
    Expression lambda = unwrapped(tree);
    if (!(lambda instanceof Expression.Lambda) && !(lambda instanceof Expression.ShortLambda)) {
      return Optional.empty();
    }
    CompiledQuery compiled = Compiler.compile(QueryText.of(source), lambda, this, Set.of());
    return compiled.lambdas().stream()
        .filter(code -> code.span().equals(lambda.span()))
        .findFirst()
        .map(code -> new Lambda(code, new Value[0], Inputs.NONE));
  }

  static Expression unwrapped(Expression expression) {
    return expression instanceof Expression.Parenthesized parenthesized
        ? unwrapped(parenthesized.inner())
        : expression;
  }
}
