package io.refugium.fql10.types;

import io.refugium.fql10.source.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A static type (language specification, section 8): its form, and the place in a text that it
 * stems from, which only diagnostics use.
 *
 * <p>Invariant: two types are equal if their forms are; the origin does not count. Immutable,
 * except for the forms that inference uses while it runs ({@link Internal}), which never leave it.
 *
 * @param origin the literal or annotation that gave the type; null for types out of a library
 */
public record Type(Form form, Span origin) {

  public static final Type ANY = of(new Any());
  public static final Type NEVER = of(new Never());
  public static final Type NULL = named("Null");
  public static final Type BOOLEAN = named("Boolean");
  public static final Type NUMBER = named("Number");
  public static final Type STRING = named("String");
  public static final Type ID = named("ID");
  public static final Type TIME = named("Time");

  /** What a type looks like. */
  public sealed interface Form {}

  /** Compatible in both directions with everything. */
  public record Any() implements Form {}

  /** No value at all. */
  public record Never() implements Form {}

  /**
   * The type of one number.
   *
   * @param kind Int, Long or Double
   */
  public record NumberValue(BigDecimal value, String kind) implements Form {}

  /** The type of one string. */
  public record StringValue(String value) implements Form {}

  /** {@code true} or {@code false}. */
  public record BooleanValue(boolean value) implements Form {}

  /** A type of the environment: a scalar, container, module, document. */
  public record Named(String name, List<Type> arguments) implements Form {
    public Named {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * An object.
   *
   * @param fields in order
   * @param wildcard the type of all other fields, if there may be any
   * @param open whether it is an interface: any value that has the fields
   */
  public record Struct(Map<String, Type> fields, Optional<Type> wildcard, boolean open)
      implements Form {
    public Struct {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** An array of fixed length. */
  public record Tuple(List<Type> elements) implements Form {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A function.
   *
   * @param rest the type of each further argument
   */
  public record Function(List<Parameter> parameters, Optional<Parameter> rest, Type result)
      implements Form {
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * A parameter of a function type.
   *
   * @param name may be empty
   */
  public record Parameter(String name, Type type) {
    public Parameter with(Type other) {
      return new Parameter(name, other);
    }
  }

  /** One of the members, of which there are at least two; see {@link Unions}. */
  public record Union(List<Type> members) implements Form {
    public Union {
      members = List.copyOf(members);
    }
  }

  /** All of the members: the overloads of a function. */
  public record Intersection(List<Type> members) implements Form {
    public Intersection {
      members = List.copyOf(members);
    }
  }

  /** A type parameter of the enclosing signature. */
  public record Variable(String name) implements Form {}

  /** What inference puts in the place of types it does not know yet. */
  non-sealed interface Internal extends Form {}

  // --- making types ---------------------------------------------------------------------------

  public static Type of(Form form) {
    return new Type(form, null);
  }

  public static Type named(String name, Type... arguments) {
    return of(new Named(name, List.of(arguments)));
  }

  public static Type number(BigDecimal value, String kind) {
    return of(new NumberValue(value, kind));
  }

  /** The type of an integer. */
  public static Type number(long value) {
    return number(BigDecimal.valueOf(value), (int) value == value ? "Int" : "Long");
  }

  public static Type string(String value) {
    return of(new StringValue(value));
  }

  public static Type bool(boolean value) {
    return of(new BooleanValue(value));
  }

  public static Type tuple(List<Type> elements) {
    return of(new Tuple(elements));
  }

  /** A closed object. */
  public static Type struct(Map<String, Type> fields) {
    return of(new Struct(fields, Optional.empty(), false));
  }

  public static Type array(Type element) {
    return named("Array", element);
  }

  public static Type set(Type element) {
    return named("Set", element);
  }

  // --- origin ---------------------------------------------------------------------------------

  /** The same type, stemming from {@code place}. */
  public Type at(Span place) {
    return new Type(form, place);
  }

  /** The same type without any origin, inside and out. */
  public Type withoutOrigin() {
    return mapParts(Type::withoutOrigin).at(null);
  }

  // --- questions ------------------------------------------------------------------------------

  public boolean isAny() {
    return form instanceof Any;
  }

  public boolean isNever() {
    return form instanceof Never;
  }

  public boolean isNull() {
    return isNamed("Null");
  }

  public boolean isNamed(String name) {
    return form instanceof Named named && named.name().equals(name);
  }

  /** The members of a union; any other type alone. */
  public List<Type> variants() {
    return form instanceof Union(List<Type> members) ? members : List.of(this);
  }

  // --- rebuilding -----------------------------------------------------------------------------

  /** The same type with {@code change} applied to its direct parts. */
  public Type mapParts(UnaryOperator<Type> change) {
    return switch (form) {
      case Any _, Never _, NumberValue _, StringValue _, BooleanValue _, Variable _, Internal _ ->
          this;
      case Named(String name, List<Type> arguments) ->
          arguments.isEmpty() ? this : with(new Named(name, map(arguments, change)));
      case Struct struct -> with(mapStruct(struct, change));
      case Tuple(List<Type> elements) -> with(new Tuple(map(elements, change)));
      case Function function -> with(mapFunction(function, change));
      case Union(List<Type> members) -> Unions.of(map(members, change)).at(origin);
      case Intersection(List<Type> members) -> with(new Intersection(map(members, change)));
    };
  }

  private Type with(Form other) {
    return new Type(other, origin);
  }

  private static List<Type> map(List<Type> types, UnaryOperator<Type> change) {
    List<Type> changed = new ArrayList<>(types.size());
    for (Type type : types) {
      changed.add(change.apply(type));
    }
    return changed;
  }

  private static Struct mapStruct(Struct struct, UnaryOperator<Type> change) {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Type> field : struct.fields().entrySet()) {
      fields.put(field.getKey(), change.apply(field.getValue()));
    }
    return new Struct(fields, struct.wildcard().map(change), struct.open());
  }

  private static Function mapFunction(Function function, UnaryOperator<Type> change) {
    return new Function(
        function.parameters().stream().map(p -> p.with(change.apply(p.type()))).toList(),
        function.rest().map(p -> p.with(change.apply(p.type()))),
        change.apply(function.result()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Type that && form.equals(that.form);
  }

  @Override
  public int hashCode() {
    return form.hashCode();
  }

  @Override
  public String toString() {
    return TypePrinter.print(this);
  }
}
