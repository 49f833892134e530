package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Library;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NativeFunction;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The standard library as a whole: the members of every kind of values, the modules and the global
 * functions. Immutable; one instance serves all databases. What a database adds (its collections
 * and functions) comes on top, see {@link io.refugium.fql10.engine}.
 */
public final class StandardLibrary implements Library {
  private final Map<Kind, Members> members = new EnumMap<>(Kind.class);
  private final Map<String, Value> globals;

  /**
   * Puts the library together.
   *
   * @param schemaModules the modules that need a database: native collections and {@code Query}, by
   *     name
   */
  public StandardLibrary(Map<String, Module> schemaModules) {
    declareMembers();
    Map<String, Value> all = new LinkedHashMap<>();
    valueModules().forEach(module -> all.put(module.name(), module));
    all.putAll(schemaModules);
    for (Method method : GlobalFunctions.MEMBERS.methods()) {
      all.put(method.name(), new NativeFunction(method, GlobalFunctions.OWNER));
    }
    all.put("FQL", fqlModule(all));
    globals = Collections.unmodifiableMap(all);
  }

  @Override
  public Members membersOf(Value value) {
    return members.getOrDefault(Kind.of(value), Members.NONE);
  }

  /** The global values by name. */
  public Map<String, Value> globals() {
    return globals;
  }

  /** The members of all values of a kind, for the type checker and documentation. */
  public Members membersOf(Kind kind) {
    return members.getOrDefault(kind, Members.NONE);
  }

  private void declareMembers() {
    for (Kind kind : Kind.values()) {
      members.put(kind, ScalarLibrary.TEXT_ONLY);
    }
    members.put(Kind.OBJECT, Members.NONE);
    members.put(Kind.DOCUMENT, Members.NONE);
    members.put(Kind.BYTES, ScalarLibrary.BYTES);
    members.put(Kind.STRING, StringLibrary.MEMBERS);
    members.put(Kind.TIME, TimeLibrary.MEMBERS);
    members.put(Kind.DATE, DateLibrary.MEMBERS);
    members.put(Kind.ARRAY, ArrayLibrary.MEMBERS);
    members.put(Kind.SET, SetLibrary.MEMBERS);
    members.put(Kind.EVENT_SOURCE, EventSourceLibrary.MEMBERS);
    members.put(Kind.FUNCTION, ScalarLibrary.FUNCTION);
    members.put(Kind.LAMBDA, ScalarLibrary.TEXT_ONLY);
  }

  private static List<Module> valueModules() {
    return List.of(
        ofKind("Array", ArrayLibrary.MODULE, Kind.ARRAY),
        ofKind("Boolean", Members.NONE, Kind.BOOLEAN),
        ofKind("Bytes", ScalarLibrary.BYTES_MODULE, Kind.BYTES).callable(ScalarLibrary.NEW_BYTES),
        ofKind("Date", DateLibrary.MODULE, Kind.DATE).callable(DateLibrary.NEW_DATE),
        ofKind("Doc", Members.NONE, Kind.DOCUMENT),
        ofKind("Double", Members.NONE, Kind.DOUBLE),
        ofKind("EventSource", Members.NONE, Kind.EVENT_SOURCE),
        ofKind("Float", Members.NONE, Kind.DOUBLE),
        module("Function", Members.NONE, StandardLibrary::isFunction),
        ofKind("ID", Members.NONE, Kind.ID).callable(ScalarLibrary.NEW_ID),
        ofKind("Int", Members.NONE, Kind.INT),
        ofKind("Long", Members.NONE, Kind.LONG),
        module("Math", MathLibrary.MODULE, is("Math")),
        ofKind("Null", Members.NONE, Kind.NULL),
        module("Number", Members.NONE, value -> Kind.of(value).isNumber()),
        module("Object", ObjectLibrary.MODULE, StandardLibrary::isObject),
        ofKind("Set", SetLibrary.MODULE, Kind.SET),
        ofKind("SetCursor", Members.NONE, Kind.CURSOR),
        ofKind("String", Members.NONE, Kind.STRING),
        ofKind("Struct", Members.NONE, Kind.OBJECT),
        ofKind("Time", TimeLibrary.MODULE, Kind.TIME).callable(TimeLibrary.NEW_TIME),
        ofKind("TransactionTime", Members.NONE, Kind.TRANSACTION_TIME)
            .callable(TimeLibrary.NEW_TRANSACTION_TIME),
        ofKind("UUID", Members.NONE, Kind.UUID));
  }

  private static Module ofKind(String name, Members own, Kind kind) {
    return module(name, own, value -> Kind.of(value) == kind);
  }

  private static Module module(String name, Members own, Predicate<Value> instances) {
    Members all =
        Members.builder()
            .method("toString() => String", "The name.", (c, s, a) -> Arguments.of(name))
            .all(own)
            .build();
    BiPredicate<QueryContext, Value> test = (context, value) -> instances.test(value);
    return Module.library(name, all, test);
  }

  private static Predicate<Value> is(String name) {
    return value -> value instanceof Module module && module.name().equals(name);
  }

  private static boolean isObject(Value value) {
    Kind kind = Kind.of(value);
    return kind == Kind.OBJECT || kind == Kind.DOCUMENT || kind == Kind.MODULE;
  }

  /** Whether a value is a function or the definition of one. */
  public static boolean isFunction(Value value) {
    return value instanceof FunctionValue
        || (value instanceof Ref ref && ref.collection() == SystemCollections.FUNCTION)
        || (value instanceof DocumentValue document
            && document.collection() == SystemCollections.FUNCTION);
  }

  private static Module fqlModule(Map<String, Value> globals) {
    Members.Builder builder = Members.builder();
    globals.forEach(
        (name, value) -> {
          if (value instanceof Module) {
            builder.property(name + ": " + name + "Module", "The module.", (c, s) -> value);
          }
        });
    Module schema = module("Schema", SchemaLibrary.MEMBERS, is("Schema"));
    builder.property("Schema: SchemaModule", "The schema of the database.", (c, s) -> schema);
    builder.all(GlobalFunctions.MEMBERS);
    builder.method(
        "evalV4(expr: Struct) => Any",
        "Would evaluate FQL v4; not enabled.",
        (c, s, a) -> {
          throw Errors.noSuchFunction("evalV4", s);
        });
    return module("FQL", builder.build(), is("FQL"));
  }
}
