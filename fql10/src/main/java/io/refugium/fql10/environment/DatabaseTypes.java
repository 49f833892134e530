package io.refugium.fql10.environment;

import io.refugium.database.Catalog;
import io.refugium.database.CollectionDef;
import io.refugium.database.FunctionDef;
import io.refugium.database.IndexDef;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeChecker;
import io.refugium.fql10.types.TypeDefinition;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.TypeReader;
import io.refugium.fql10.types.TypeRegistry;
import io.refugium.fql10.types.Unions;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types that the schema of a database adds to the library: its collections by name and alias,
 * and its functions.
 *
 * <p>Built once per schema version, in two steps: first the declared types, then, with these, the
 * types of computed fields and functions that must be inferred. What cannot be inferred, because it
 * depends on itself or does not fit, is {@code Any}: the schema was checked when it was written.
 */
public final class DatabaseTypes {
  private static final Set<Object> HIDING = Set.of("id", "ts", "ttl");

  /**
   * What source files say of fields, for a check that tells of places in them.
   *
   * @param fields the types of fields as declared, by collection and field
   * @param broken the collections that have types which do not exist: nothing is known of them
   * @param unknown the type of what is not correct
   */
  public record Declarations(
      Map<String, Map<String, TypeExpression>> fields, Set<String> broken, Type unknown) {
    private static final Declarations NONE = new Declarations(Map.of(), Set.of(), Type.ANY);

    /** For a check: what is not correct has no type at all. */
    public Declarations(Map<String, Map<String, TypeExpression>> fields, Set<String> broken) {
      this(fields, broken, Type.NEVER);
    }

    private Optional<TypeExpression> field(String collection, String field) {
      return Optional.ofNullable(fields.getOrDefault(collection, Map.of()).get(field));
    }
  }

  private final TypeEnvironment library;
  private final Declarations declarations;
  private final Collection<CollectionDef> collections;
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Map<String, CollectionDef> names = new LinkedHashMap<>();
  private final Map<String, TypeDefinition> definitions = new HashMap<>();
  private final Map<String, Type> globals = new HashMap<>();
  private final Set<Object> pending = new HashSet<>();
  private final TypeEnvironment declared = new Declared();
  private final TypeEnvironment inferring = new Inferring();

  private DatabaseTypes(
      TypeEnvironment library,
      Collection<CollectionDef> collections,
      Collection<FunctionDef> definedFunctions,
      Declarations declarations) {
    this.library = library;
    this.declarations = declarations;
    this.collections = collections;
    for (FunctionDef function : definedFunctions) {
      functions.putIfAbsent(function.name(), function);
    }
    for (FunctionDef function : definedFunctions) {
      if (function.alias() != null) {
        functions.putIfAbsent(function.alias(), function);
      }
    }
  }

  /** The environment of a database; computed at most once for a catalog. Thread-safe. */
  public static TypeRegistry of(TypeEnvironment library, Catalog catalog) {
    return catalog.memo(
        DatabaseTypes.class, () -> of(library, catalog.collections(), catalog.functions()));
  }

  /** The environment that a schema would have with these definitions. */
  public static TypeRegistry of(
      TypeEnvironment library,
      Collection<CollectionDef> collections,
      Collection<FunctionDef> functions) {
    return new DatabaseTypes(library, collections, functions, Declarations.NONE).build();
  }

  /** The environment in which a schema is checked: its types know where they are declared. */
  public static TypeRegistry forCheck(
      TypeEnvironment library, Catalog schema, Declarations declarations) {
    return new DatabaseTypes(library, schema.collections(), schema.functions(), declarations)
        .build();
  }

  private TypeRegistry build() {
    for (CollectionDef collection : collections) {
      names.putIfAbsent(collection.name(), collection);
    }
    for (CollectionDef collection : collections) {
      if (collection.alias() != null) {
        names.putIfAbsent(collection.alias(), collection);
      }
    }
    names.keySet().forEach(this::collection);
    functions.keySet().forEach(inferring::global);
    TypeRegistry.Builder registry = TypeRegistry.on(library);
    definitions.values().forEach(registry::define);
    globals.forEach(registry::global);
    return registry.build();
  }

  /** The names of types only, for reading the types of fields. */
  private final class Declared implements TypeEnvironment {
    @Override
    public Optional<Type> global(String name) {
      return library.global(name);
    }

    @Override
    public Optional<TypeDefinition> definition(String name) {
      Optional<TypeDefinition> known = library.definition(name);
      return known.isPresent() ? known : stub(name);
    }

    private Optional<TypeDefinition> stub(String name) {
      if (names.containsKey(name)) {
        return Optional.of(TypeDefinition.named(name).alias("{}").build());
      }
      boolean missing = name.startsWith("Null") && names.containsKey(name.substring(4));
      boolean collection =
          name.endsWith("Collection")
              && names.containsKey(name.substring(0, name.length() - "Collection".length()));
      return missing || collection
          ? Optional.of(TypeDefinition.named(name).build())
          : Optional.empty();
    }
  }

  /** The types as far as they are known; asking for one computes it. */
  private final class Inferring implements TypeEnvironment {
    @Override
    public Optional<Type> global(String name) {
      Optional<Type> known = library.global(name);
      if (known.isPresent()) {
        return known;
      }
      if (names.containsKey(name)) {
        return Optional.of(Type.named(name + "Collection"));
      }
      FunctionDef function = functions.get(name);
      return function == null ? Optional.empty() : Optional.of(function(name, function));
    }

    @Override
    public Optional<TypeDefinition> definition(String name) {
      Optional<TypeDefinition> known = library.definition(name);
      if (known.isEmpty() && names.containsKey(name)) {
        collection(name);
      }
      return known.isPresent() ? known : Optional.ofNullable(definitions.get(name));
    }
  }

  // --- collections ----------------------------------------------------------------------------

  private void collection(String name) {
    if (definitions.containsKey(name) || !pending.add(name)) {
      return;
    }
    CollectionDef definition = names.get(name);
    CollectionTypes types =
        new CollectionTypes(
            name,
            fields(definition),
            new LinkedHashMap<>(),
            wildcard(definition),
            definition.documentTtls(),
            new LinkedHashMap<>());
    for (String computed : definition.computedFields().names()) {
      types.computed().put(computed, Type.ANY);
    }
    publish(name, types);
    for (String computed : definition.computedFields().names()) {
      types.computed().put(computed, computed(types, definition, computed));
      publish(name, types);
    }
    types.indexes().putAll(indexes(types, definition));
    publish(name, types);
    pending.remove(name);
  }

  private void publish(String name, CollectionTypes types) {
    boolean broken = declarations.broken().contains(names.get(name).name());
    definitions.put(name, broken ? TypeDefinition.named(name).build() : types.documentDefinition());
    definitions.put("Null" + name, types.missingDefinition());
    definitions.put(name + "Collection", types.collectionDefinition());
    globals.put(name, types.collection());
  }

  private static Optional<Type> wildcard(CollectionDef definition) {
    boolean any = definition.wildcard() != null || definition.fields().isEmpty();
    return any ? Optional.of(Type.ANY) : Optional.empty();
  }

  private Map<String, FieldTypes> fields(CollectionDef definition) {
    Map<String, FieldTypes> types = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : definition.fields()) {
      types.put(field.getKey(), field(definition.name(), field.getKey(), field.getValue()));
    }
    return types;
  }

  private FieldTypes field(String collection, String name, Value field) {
    if (!(field instanceof ObjectValue object)
        || !(object.get("signature") instanceof StringValue(String signature))) {
      return FieldTypes.any();
    }
    boolean hasDefault = object.get("default") instanceof StringValue;
    Optional<TypeExpression> written = declarations.field(collection, name);
    if (written.isPresent()) {
      TypeReader reader = new TypeReader(declared, error -> {});
      return FieldTypes.of(written.get(), hasDefault, reader, true);
    }
    Source source = Source.named("*field:" + collection + ":" + name + "*", signature);
    List<Diagnostic> errors = new ArrayList<>();
    return switch (Parser.fieldType(source, hasDefault)) {
      case Parsed.Failed<TypeExpression> _ -> FieldTypes.any();
      case Parsed.Tree<TypeExpression>(TypeExpression type) ->
          FieldTypes.of(type, hasDefault, new TypeReader(declared, errors::add), false);
    };
  }

  private Type computed(CollectionTypes types, CollectionDef definition, String field) {
    if (!(definition.computedFields().get(field) instanceof ObjectValue object)) {
      return Type.ANY;
    }
    if (object.get("signature") instanceof StringValue(String signature)) {
      return signature(Source.validated("signature", signature)).withoutOrigin();
    }
    if (!(object.get("body") instanceof StringValue(String body))) {
      return Type.ANY;
    }
    Source source = Source.computedField(definition.name(), field, body);
    return switch (Parser.query(source)) {
      case Parsed.Failed<Expression> _ -> Type.ANY;
      case Parsed.Tree<Expression>(Expression lambda) ->
          usable(TypeChecker.apply(lambda, List.of(types.document()), inferring));
    };
  }

  private Type usable(TypeChecker.Result result) {
    return result.isCorrect() ? result.type().withoutOrigin() : declarations.unknown();
  }

  private Type signature(Source source) {
    return switch (Parser.type(source)) {
      case Parsed.Failed<TypeExpression> _ -> Type.ANY;
      case Parsed.Tree<TypeExpression>(TypeExpression type) -> {
        List<Diagnostic> errors = new ArrayList<>();
        yield new TypeReader(declared, errors::add).read(type);
      }
    };
  }

  // --- indexes --------------------------------------------------------------------------------

  private Map<String, List<Type>> indexes(CollectionTypes types, CollectionDef definition) {
    Map<String, List<Type>> indexes = new LinkedHashMap<>();
    for (CollectionDef.NamedIndex index : definition.namedIndexes().values()) {
      indexes.put(
          index.name(),
          index.backing().terms().stream().map(term -> term(types.record(), term)).toList());
    }
    return indexes;
  }

  private static Type term(Type record, IndexDef.Component term) {
    Type type =
        switch (term.extractor()) {
          case IndexDef.Extractor.Path(List<Object> steps) ->
              isShadowed(steps) ? Type.ANY : path(record, dataPath(steps));
          case IndexDef.Extractor.Computed(String field, List<Object> steps) ->
              path(step(record, field), steps);
          case IndexDef.Extractor.Binding _ -> Type.ANY;
        };
    return term.mva() ? element(type) : type;
  }

  /** User fields are stored below {@code data}. */
  private static List<Object> dataPath(List<Object> steps) {
    return steps.size() > 1 && steps.getFirst().equals("data")
        ? steps.subList(1, steps.size())
        : steps;
  }

  /** Whether a user's field of that name hides behind one that every document has. */
  private static boolean isShadowed(List<Object> steps) {
    return steps.size() > 1 && steps.getFirst().equals("data") && HIDING.contains(steps.get(1));
  }

  private static Type path(Type start, List<Object> steps) {
    Type type = start;
    for (Object step : steps) {
      type = step(type, step);
    }
    return type;
  }

  private static Type step(Type type, Object step) {
    return type.form() instanceof Type.Struct struct
            && step instanceof String field
            && struct.fields().containsKey(field)
        ? struct.fields().get(field)
        : Type.ANY;
  }

  private static Type element(Type type) {
    return switch (type.form()) {
      case Type.Named(String name, List<Type> arguments) when name.equals("Array") ->
          arguments.getFirst();
      case Type.Tuple(List<Type> elements) -> Unions.of(elements);
      case Type.Union(List<Type> members) ->
          Unions.of(members.stream().map(DatabaseTypes::element).toList());
      default -> type;
    };
  }

  // --- functions ------------------------------------------------------------------------------

  private Type function(String name, FunctionDef function) {
    Type known = globals.get(name);
    if (known != null) {
      return known;
    }
    if (!pending.add(function)) {
      return Type.ANY;
    }
    Type type = Type.named("UserFunction", functionType(function));
    pending.remove(function);
    globals.put(name, type);
    return type;
  }

  private Type functionType(FunctionDef function) {
    if (function.signature() != null) {
      return signature(Source.validated("signature", function.signature())).withoutOrigin();
    }
    // A body in FQL v4 says nothing, not even how it is called.
    return function.body() instanceof StringValue(String body)
        ? inferred(function.name(), body)
        : Type.ANY;
  }

  private Type inferred(String name, String body) {
    return switch (Parser.query(Source.functionBody(name, body))) {
      case Parsed.Failed<Expression> _ -> Type.ANY;
      case Parsed.Tree<Expression>(Expression lambda) ->
          usable(TypeChecker.infer(lambda, inferring));
    };
  }
}
