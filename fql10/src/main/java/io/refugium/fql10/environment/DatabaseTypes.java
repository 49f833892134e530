package io.refugium.fql10.environment;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.IndexDef;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The types that the schema of a database adds to the library: its collections by name and alias,
 * and its functions.
 *
 * <p>The types of computed fields and functions without a signature are inferred, each when it is
 * first asked for, by a query or for another one. What cannot be inferred, because it depends on
 * itself or does not fit, is {@code Any}: the schema was checked when it was written.
 *
 * <p>Invariant: what a query asks for first does not matter. It could if things depended on each
 * other in a circle, of which whoever is asked for first sees the others incomplete; if such a
 * circle shows, all types are inferred in the order of definition.
 */
public final class DatabaseTypes {
  private static final String MISSING = "Null";
  private static final String COLLECTION = "Collection";
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
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Map<String, CollectionDef> names = new LinkedHashMap<>();
  private final Map<String, TypeDefinition> definitions = new HashMap<>();
  private final Map<String, Type> globals = new HashMap<>();

  /** What is being worked out, the innermost first. */
  private final Deque<Object> pending = new ArrayDeque<>();

  /** Whether something depended on what was not complete, other than itself. */
  private boolean circular;

  private final TypeEnvironment declared = new Declared();
  private final TypeEnvironment inferring = new Inferring();

  private DatabaseTypes(
      TypeEnvironment library,
      Collection<CollectionDef> collections,
      Collection<FunctionDef> definedFunctions,
      Declarations declarations) {
    this.library = library;
    this.declarations = declarations;
    for (FunctionDef function : definedFunctions) {
      functions.putIfAbsent(function.name(), function);
    }
    for (FunctionDef function : definedFunctions) {
      if (function.alias() != null) {
        functions.putIfAbsent(function.alias(), function);
      }
    }
    for (CollectionDef collection : collections) {
      names.putIfAbsent(collection.name(), collection);
    }
    for (CollectionDef collection : collections) {
      if (collection.alias() != null) {
        names.putIfAbsent(collection.alias(), collection);
      }
    }
  }

  /** The environment of a database, worked out as far as it is asked for. Thread-safe. */
  public static TypeEnvironment of(TypeEnvironment library, Catalog catalog) {
    return catalog.memo(
        DatabaseTypes.class, () -> of(library, catalog.collections(), catalog.functions()));
  }

  /** The environment that a schema would have with these definitions, as above. */
  public static TypeEnvironment of(
      TypeEnvironment library,
      Collection<CollectionDef> collections,
      Collection<FunctionDef> functions) {
    return new OnDemand(
        () -> new DatabaseTypes(library, collections, functions, Declarations.NONE));
  }

  /** The complete environment of a database. */
  public static TypeRegistry complete(TypeEnvironment library, Catalog catalog) {
    return complete(library, catalog.collections(), catalog.functions());
  }

  static TypeRegistry complete(
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
      return collectionOf(name) == null
          ? Optional.empty()
          : Optional.of(TypeDefinition.named(name).build());
    }
  }

  /** The name or alias of the collection that makes a type of this name; null if none does. */
  private String collectionOf(String type) {
    if (names.containsKey(type)) {
      return type;
    }
    if (type.startsWith(MISSING) && names.containsKey(type.substring(MISSING.length()))) {
      return type.substring(MISSING.length());
    }
    String name =
        type.endsWith(COLLECTION) ? type.substring(0, type.length() - COLLECTION.length()) : null;
    return name != null && names.containsKey(name) ? name : null;
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
      if (known.isPresent()) {
        return known;
      }
      String collection = collectionOf(name);
      if (collection != null) {
        collection(collection);
      }
      return Optional.ofNullable(definitions.get(name));
    }
  }

  /** The types of a database as far as anybody has asked for them. */
  private static final class OnDemand implements TypeEnvironment {
    private final Supplier<DatabaseTypes> start;
    private final Map<String, Optional<Type>> globals = new ConcurrentHashMap<>();
    private final Map<String, Optional<TypeDefinition>> definitions = new ConcurrentHashMap<>();

    /** What has been worked out; guarded by this. */
    private final DatabaseTypes known;

    /** Everything, if it had to be worked out at once; guarded by this. */
    private TypeRegistry complete;

    private OnDemand(Supplier<DatabaseTypes> start) {
      this.start = start;
      this.known = start.get();
    }

    @Override
    public Optional<Type> global(String name) {
      Optional<Type> found = globals.get(name);
      return found == null ? find(globals, name, TypeEnvironment::global) : found;
    }

    @Override
    public Optional<TypeDefinition> definition(String name) {
      Optional<TypeDefinition> found = definitions.get(name);
      return found == null ? find(definitions, name, TypeEnvironment::definition) : found;
    }

    private synchronized <T> Optional<T> find(
        Map<String, Optional<T>> found,
        String name,
        BiFunction<TypeEnvironment, String, Optional<T>> question) {
      Optional<T> answer = complete == null ? question.apply(known.inferring, name) : null;
      if (complete == null && known.circular) {
        complete = start.get().build();
        globals.clear();
        definitions.clear();
      }
      Optional<T> result = complete == null ? answer : question.apply(complete, name);
      // Names that mean nothing are whatever clients write: they are not remembered.
      if (result.isPresent()) {
        found.put(name, result);
      }
      return result;
    }
  }

  // --- collections ----------------------------------------------------------------------------

  private void collection(String name) {
    if (isPending(name) || definitions.containsKey(name)) {
      return;
    }
    pending.push(name);
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
    pending.pop();
  }

  /** Whether something is being worked out, so that whoever asks sees it incomplete. */
  private boolean isPending(Object subject) {
    if (!pending.contains(subject)) {
      return false;
    }
    circular |= !subject.equals(pending.peek());
    return true;
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
    if (isPending(function)) {
      return Type.ANY;
    }
    pending.push(function);
    Type type = Type.named("UserFunction", functionType(function));
    pending.pop();
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
