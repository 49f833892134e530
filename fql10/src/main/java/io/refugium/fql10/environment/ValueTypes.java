package io.refugium.fql10.environment;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.Numbers;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeDefinition;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.Unions;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The types of values that come with a request (language specification, section 8.5).
 *
 * <p>Either exact, or as shapes: then every string and number has the type of a value that no other
 * value equals. A query that is correct for shapes is correct for all values of these shapes, so
 * that it needs to be checked once only.
 */
public final class ValueTypes {
  /** How many values of a request are looked at; the others may be anything. */
  private static final int MAX_VALUES = 4096;

  /** How many elements an array may have to count as a tuple. */
  private static final int MAX_TUPLE = 256;

  private static final String MARK = "\u0001value\u0001";

  /** Distinguishes numbers of shapes from others: trailing zeros do not change the value. */
  private static final int MARK_SCALE = 77;

  /** The marks that nearly all requests get along with, made once. */
  private static final List<BigDecimal> FIRST_MARKS =
      IntStream.range(0, 256).mapToObj(ValueTypes::marked).toList();

  private static final List<Type> FIRST_TEXTS =
      IntStream.range(0, 256).mapToObj(mark -> Type.string(MARK + mark)).toList();

  /** What the type of a value takes in memory, in characters of a text. */
  private static final int VALUE_WEIGHT = 32;

  private final Catalog catalog;
  private final TypeEnvironment environment;
  private final boolean shapes;
  private int marks;
  private int values;
  private int nameCharacters;

  private ValueTypes(Catalog catalog, TypeEnvironment environment, boolean shapes) {
    this.catalog = catalog;
    this.environment = environment;
    this.shapes = shapes;
  }

  /** The types of exactly these values. */
  public static ValueTypes exact(Catalog catalog, TypeEnvironment environment) {
    return new ValueTypes(catalog, environment, false);
  }

  /** The types of all values of the same shape; one object for all values of a request. */
  public static ValueTypes shapes(Catalog catalog, TypeEnvironment environment) {
    return new ValueTypes(catalog, environment, true);
  }

  /** Whether the text of a type mentions the value of a shape. */
  public static boolean dependsOnValues(String type) {
    return type.contains("\\x01value") || type.contains("0".repeat(MARK_SCALE));
  }

  /** What the types made so far take in memory, in characters of a text. */
  public int weight() {
    return values * VALUE_WEIGHT + nameCharacters;
  }

  /** The type of a value. */
  public Type of(Value value) {
    if (++values > MAX_VALUES) {
      return Type.ANY;
    }
    return switch (value) {
      case StringValue(String text) -> shapes ? text() : Type.string(text);
      case BooleanValue truth -> Type.bool(truth == BooleanValue.TRUE);
      case ObjectValue object -> object(object);
      case ArrayValue array -> array(array);
      case Ref ref -> document(ref.collection());
      case DocumentValue document -> document(document.collection());
      case Module module -> module(module);
      case IdValue _ -> Type.ID;
      default -> other(value);
    };
  }

  private Type other(Value value) {
    Kind kind = Kind.of(value);
    if (kind.isNumber()) {
      return number(value, kind);
    }
    return switch (kind) {
      case NULL -> Type.NULL;
      case BYTES, TIME, TRANSACTION_TIME, DATE, UUID -> Type.named(kind.typeName());
      default -> Type.ANY;
    };
  }

  private Type number(Value value, Kind kind) {
    if (value instanceof DoubleValue(double number)) {
      return !Double.isFinite(number)
          ? Type.named("Double")
          : Type.number(shapes ? mark() : BigDecimal.valueOf(number), "Double");
    }
    return shapes
        ? Type.number(mark(), kind.typeName())
        : Type.number(BigDecimal.valueOf(Numbers.toLong(value)), kind.typeName());
  }

  private Type text() {
    int mark = marks++;
    return mark < FIRST_TEXTS.size() ? FIRST_TEXTS.get(mark) : Type.string(MARK + mark);
  }

  private BigDecimal mark() {
    int number = ++marks;
    return number < FIRST_MARKS.size() ? FIRST_MARKS.get(number) : marked(number);
  }

  private static BigDecimal marked(int number) {
    return BigDecimal.valueOf(number).setScale(MARK_SCALE);
  }

  private Type object(ObjectValue object) {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : object) {
      nameCharacters += field.getKey().length();
      fields.put(field.getKey(), of(field.getValue()));
      if (values > MAX_VALUES) {
        return Type.ANY;
      }
    }
    return Type.struct(fields);
  }

  private Type array(ArrayValue array) {
    List<Type> elements = new ArrayList<>();
    for (Value element : array.values()) {
      elements.add(of(element));
    }
    return elements.size() > MAX_TUPLE ? Type.array(Unions.of(elements)) : Type.tuple(elements);
  }

  /** A document that was passed is of its collection, whether it exists or not. */
  private Type document(int collection) {
    if (SystemCollections.isUser(collection)) {
      CollectionDef definition = catalog.collection(collection);
      return definition == null ? Type.ANY : known(definition.name());
    }
    return SystemTypes.document(collection).map(this::known).orElse(Type.ANY);
  }

  private Type module(Module module) {
    Optional<Type> global = environment.global(module.name());
    return global.orElse(Type.ANY);
  }

  private Type known(String name) {
    Optional<TypeDefinition> definition = environment.definition(name);
    return definition.isPresent() ? Type.named(name) : Type.ANY;
  }
}
