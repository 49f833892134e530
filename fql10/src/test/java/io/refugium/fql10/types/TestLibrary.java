package io.refugium.fql10.types;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small library and the collections Author and Product of the worked examples. */
final class TestLibrary {
  private TestLibrary() {}

  static final TypeEnvironment ENVIRONMENT = environment();

  private static TypeEnvironment environment() {
    TypeRegistry.Builder types = TypeRegistry.builder();
    scalars(types);
    containers(types);
    modules(types);
    Map<String, Type> author = new LinkedHashMap<>();
    collection(types, "Author", author, Map.of(), true);
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put("name", Type.STRING);
    fields.put("price", Type.NUMBER);
    fields.put("tag", Unions.of(Type.STRING, Type.NULL));
    fields.put("maker", Unions.of(Type.named("Ref", Type.named("Author")), Type.NULL));
    collection(types, "Product", fields, Map.of("label", Type.STRING), false);
    types.global("add1", Signatures.type("UserFunction<Number => Number>"));
    types.global("aFn", Signatures.type("UserFunction<A => A>"));
    types.global("anyFn", Signatures.type("UserFunction<Any => Any>"));
    return types.build();
  }

  private static void scalars(TypeRegistry.Builder types) {
    for (String name :
        List.of("Boolean", "Bytes", "ID", "Date", "UUID", "Null", "TransactionTime", "Number")) {
      types.define(TypeDefinition.named(name).field("toString", "() => String").build());
    }
    for (String name : List.of("Int", "Long", "Double", "Float")) {
      types.define(TypeDefinition.named(name).extending("Number").build());
    }
    types.define(
        TypeDefinition.named("Time")
            .field("subtract", "(amount: Number, unit: String) => Time")
            .field("add", "(amount: Number, unit: String) => Time")
            .build());
    types.define(
        TypeDefinition.named("String")
            .field("length", "Number")
            .field("toString", "() => String")
            .field("concat", "(other: String) => String")
            .field("at", "(index: Number) => String")
            .field("slice", "(start: Number) => String", "(start: Number, end: Number) => String")
            .field("parseInt", "() => Number | Null", "(radix: Number) => Number | Null")
            .access("(index: Number) => String")
            .build());
    types.define(
        TypeDefinition.named("EmptyRef", "D")
            .alias("Null")
            .field("id", "ID")
            .field("coll", "Any")
            .field("exists", "() => false")
            .build());
    types.define(TypeDefinition.named("Ref", "D").alias("EmptyRef<D> | D").build());
    types.define(
        TypeDefinition.named("EmptyNamedRef", "D")
            .alias("Null")
            .field("name", "String")
            .field("exists", "() => false")
            .build());
    types.define(TypeDefinition.named("NamedRef", "D").alias("EmptyNamedRef<D> | D").build());
    types.define(
        TypeDefinition.named("UserFunction", "A")
            .alias("A")
            .field("definition", "FunctionDef")
            .build());
    types.define(
        TypeDefinition.named("FunctionDef").alias("{ name: String, body: String }").build());
    types.define(
        TypeDefinition.named("CollectionDef")
            .alias("{ name: String, history_days: Number | Null }")
            .build());
  }

  private static void containers(TypeRegistry.Builder types) {
    types.define(
        TypeDefinition.named("Array", "A")
            .field("length", "Number")
            .field("toString", "() => String")
            .field("map", "(mapper: A => B) => Array<B>")
            .field("flatMap", "(mapper: A => Array<B>) => Array<B>")
            .field("filter", "(predicate: A => Boolean | Null) => Array<A>")
            .field("where", "(predicate: A => Boolean | Null) => Array<A>")
            .field("forEach", "(callback: A => Any) => Null")
            .field("fold", "(seed: B, reducer: (B, A) => B) => B")
            .field("reduce", "(reducer: (A, A) => A) => A | Null")
            .field("first", "() => A | Null")
            .field("append", "(element: A) => Array<A>")
            .field("includes", "(element: A) => Boolean")
            .field(
                "order",
                "(...ordering: (A => Any) | { asc: A => Any } | { desc: A => Any }) => Array<A>")
            .field("toSet", "() => Set<A>")
            .access("(index: Number) => A")
            .build());
    types.define(
        TypeDefinition.named("Set", "A")
            .field("map", "(mapper: A => B) => Set<B>")
            .field("where", "(predicate: A => Boolean | Null) => Set<A>")
            .field("first", "() => A | Null")
            .field("firstWhere", "(predicate: A => Boolean | Null) => A | Null")
            .field("fold", "(seed: B, reducer: (B, A) => B) => B")
            .field("count", "() => Number")
            .field("toArray", "() => Array<A>")
            .field("pageSize", "(size: Number) => Set<A>")
            .field("eventSource", "() => EventSource<A>")
            .field(
                "paginate",
                "() => { data: Array<A>, after: String | Null }",
                "(size: Number) => { data: Array<A>, after: String | Null }")
            .build());
    types.define(TypeDefinition.named("EventSource", "A").build());
  }

  private static void modules(TypeRegistry.Builder types) {
    types.module(
        "Math",
        TypeDefinition.named("MathModule")
            .field("abs", "(x: Number) => Number")
            .field("ceil", "(x: Number) => Number")
            .field("NaN", "Number")
            .field("Infinity", "Number")
            .build());
    types.module(
        "Time",
        TypeDefinition.named("TimeModule")
            .field("now", "() => Time")
            .call("(time: String) => Time")
            .build());
    types.module(
        "Object",
        TypeDefinition.named("ObjectModule")
            .field("keys", "(object: { *: Any }) => Array<String>")
            .field("fromEntries", "(entries: Array<[String, A]>) => { *: A }")
            .field("assign", "(target: { *: A }, source: { *: A }) => { *: A }")
            .build());
    types.module(
        "Set",
        TypeDefinition.named("SetModule")
            .field("sequence", "(from: Number, until: Number) => Set<Number>")
            .build());
    types.module(
        "Query",
        TypeDefinition.named("QueryModule").field("identity", "() => { *: Any } | Null").build());
    types.module(
        "Collection",
        TypeDefinition.named("CollectionCollection")
            .field("byName", "(name: String) => NamedRef<CollectionDef>")
            .build());
    types.module("ID", TypeDefinition.named("IDModule").call("(id: Any) => ID").build());
    types.module(
        "TransactionTime",
        TypeDefinition.named("TransactionTimeModule").call("() => TransactionTime").build());
    types.global("abort", "(return: Any) => Never");
    types.global("log", "(...args: Any) => Null");
    types.global("dbg", "(value: A) => A");
  }

  private static void collection(
      TypeRegistry.Builder types,
      String name,
      Map<String, Type> fields,
      Map<String, Type> computed,
      boolean wildcard) {
    Optional<Type> any = wildcard ? Optional.of(Type.ANY) : Optional.empty();
    Map<String, Type> stored = new LinkedHashMap<>();
    stored.put("id", Type.ID);
    stored.put("ts", Type.TIME);
    stored.put("ttl", Unions.of(Type.TIME, Type.NULL));
    stored.putAll(fields);
    stored.putAll(computed);
    Map<String, Type> created = new LinkedHashMap<>();
    created.put("id", Unions.of(Type.ID, Type.NULL));
    created.put("ttl", Unions.of(Type.TIME, Type.NULL));
    if (wildcard) {
      created.put("data", Type.NULL);
    }
    created.putAll(fields);
    Type document = Type.named(name);
    Type empty = Type.named("Null" + name);
    Type parameter = Type.of(new Type.Struct(created, any, false));
    types.define(
        TypeDefinition.named(name)
            .alias(Type.of(new Type.Struct(stored, any, false)))
            .field("coll", Type.named(name + "Collection"))
            .field("exists", "() => true")
            .field("delete", function(empty))
            .field("update", function(document, Type.of(new Type.Struct(Map.of(), any, false))))
            .build());
    types.define(
        TypeDefinition.named("Null" + name).alias("Null").field("exists", "() => false").build());
    Type reference = Type.named("Ref", document);
    Type range = Signatures.type("{ from: Any } | { to: Any } | { from: Any, to: Any }");
    Type predicate = function(Unions.of(Type.BOOLEAN, Type.NULL), document);
    Type byName =
        Type.of(
            new Type.Intersection(
                List.of(
                    named(Type.set(document), Map.of("term1", Type.ANY)),
                    ranged(Type.set(document), range))));
    types.module(
        name,
        TypeDefinition.named(name + "Collection")
            .field("definition", "CollectionDef")
            .field("all", function(Type.set(document)))
            .field("byId", function(reference, Type.ID))
            .field("where", function(Type.set(document), predicate))
            .field("firstWhere", function(Unions.of(document, Type.NULL), predicate))
            .field("create", function(document, parameter))
            .field("byName", byName)
            .call(function(reference, Type.ID))
            .build());
  }

  private static Type function(Type result, Type... parameters) {
    return Type.of(
        new Type.Function(
            java.util.stream.Stream.of(parameters)
                .map(type -> new Type.Parameter("", type))
                .toList(),
            Optional.empty(),
            result));
  }

  private static Type named(Type result, Map<String, Type> parameters) {
    return Type.of(
        new Type.Function(
            parameters.entrySet().stream()
                .map(entry -> new Type.Parameter(entry.getKey(), entry.getValue()))
                .toList(),
            Optional.empty(),
            result));
  }

  private static Type ranged(Type result, Type range) {
    return Type.of(
        new Type.Function(
            List.of(new Type.Parameter("term1", Type.ANY), new Type.Parameter("range", range)),
            Optional.empty(),
            result));
  }
}
