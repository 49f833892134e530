package io.refugium.fql10.environment;

import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NativeFunction;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.types.Signatures;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeDefinition;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.TypeRegistry;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The types of the standard library, out of the signatures with which its functions are declared.
 * Native collections are declared apart, in {@link SystemTypes}: their documents have types too.
 */
public final class LibraryTypes {
  private static final Map<Kind, String> SCALARS =
      Map.ofEntries(
          Map.entry(Kind.INT, "Number"),
          Map.entry(Kind.STRING, "String"),
          Map.entry(Kind.BOOLEAN, "Boolean"),
          Map.entry(Kind.NULL, "Null"),
          Map.entry(Kind.BYTES, "Bytes"),
          Map.entry(Kind.ID, "ID"),
          Map.entry(Kind.TIME, "Time"),
          Map.entry(Kind.TRANSACTION_TIME, "TransactionTime"),
          Map.entry(Kind.DATE, "Date"),
          Map.entry(Kind.UUID, "UUID"),
          Map.entry(Kind.CURSOR, "SetCursor"),
          Map.entry(Kind.LAMBDA, TypeDefinition.FUNCTIONS));

  private static final Map<Kind, String> CONTAINERS =
      Map.of(Kind.ARRAY, "Array", Kind.SET, "Set", Kind.EVENT_SOURCE, "EventSource");

  private static final List<String> NUMBERS = List.of("Int", "Long", "Double", "Float");

  /** An object whose values have a type: how signatures write it and how the language does. */
  private static final Pattern OBJECT_OF = Pattern.compile("\\{ \\*: Any }<(\\w+)>");

  private final StandardLibrary library;
  private final TypeRegistry.Builder types = TypeRegistry.builder();

  private LibraryTypes(StandardLibrary library) {
    this.library = library;
  }

  /** The environment of a query in a database without schema. */
  public static TypeEnvironment of(StandardLibrary library) {
    return new LibraryTypes(library).build();
  }

  private TypeEnvironment build() {
    SystemTypes.declare(types);
    SCALARS.forEach((kind, name) -> types.define(scalar(kind, name)));
    NUMBERS.forEach(name -> types.define(TypeDefinition.named(name).extending("Number").build()));
    CONTAINERS.forEach((kind, name) -> types.define(container(kind, name)));
    types.define(TypeDefinition.named("Stream", "A").build());
    TypeRegistry declared = types.build();
    TypeDefinition.Builder all = TypeDefinition.named("FQLModule");
    for (Map.Entry<String, Value> global : library.globals().entrySet()) {
      global(global.getKey(), global.getValue(), declared);
    }
    TypeRegistry globals = types.build();
    library.globals().keySet().stream()
        .filter(name -> !name.equals("FQL"))
        .forEach(name -> globals.global(name).ifPresent(type -> all.field(name, type)));
    all.field("Schema", "SchemaModule");
    types.define(
        TypeDefinition.named("SchemaModule")
            .field("defForIdentifier", "(ident: String) => Any")
            .build());
    types.module("FQL", all.build());
    return types.build();
  }

  private TypeDefinition scalar(Kind kind, String name) {
    TypeDefinition.Builder definition = TypeDefinition.named(name);
    members(library.membersOf(kind), definition);
    if (kind == Kind.STRING) {
      definition.access("(index: Number) => String");
    }
    return definition.build();
  }

  private TypeDefinition container(Kind kind, String name) {
    TypeDefinition.Builder definition = TypeDefinition.named(name, "A");
    members(library.membersOf(kind), definition);
    if (kind == Kind.ARRAY) {
      definition.access("(index: Number) => A");
    }
    return definition.build();
  }

  private void global(String name, Value value, TypeEnvironment declared) {
    if (declared.global(name).isPresent()) {
      return;
    }
    switch (value) {
      case Module module when !name.equals("FQL") -> types.module(name, module(module));
      case NativeFunction function -> types.global(name, type(function.method()));
      default -> {}
    }
  }

  private static TypeDefinition module(Module module) {
    TypeDefinition.Builder definition = TypeDefinition.named(module.lastName() + "Module");
    members(module.members(), definition);
    module.constructor().ifPresent(constructor -> definition.call(type(constructor)));
    return definition.build();
  }

  private static void members(Members members, TypeDefinition.Builder definition) {
    members.methods().forEach(method -> definition.field(method.name(), type(method)));
    members
        .properties()
        .forEach(property -> definition.field(property.name(), notation(property.type())));
  }

  private static Type type(Method method) {
    return Signatures.overloads(
        method.overloads().stream()
            .map(overload -> notation(overload.signature().staticType()))
            .toArray(String[]::new));
  }

  private static String notation(String signature) {
    return OBJECT_OF.matcher(signature).replaceAll("{ *: $1 }");
  }
}
