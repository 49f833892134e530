package io.refugium.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The total order over values of all kinds (spec: fql4 8.1): numbers, bytes, strings, arrays,
 * objects, references, times, dates, lambdas, the transaction time, UUIDs, false, true, null.
 *
 * <p>An integer and a double compare as doubles, so {@code 1} and {@code 1.0} are equal here though
 * they are not {@code equals}. {@link KeyEncoder#value} writes bytes that are in this order.
 *
 * <p>Stateless and thread-safe. Throws {@link IllegalArgumentException} for a {@link RuntimeValue}:
 * a language says first which value it stands for.
 */
public final class ValueOrder implements Comparator<Value> {
  /** The order itself. */
  public static final ValueOrder INSTANCE = new ValueOrder();

  private ValueOrder() {}

  @Override
  public int compare(Value left, Value right) {
    Kind kind = Kind.of(left);
    int order = kind.compareTo(Kind.of(right));
    return order != 0 ? order : compareSameKind(left, right);
  }

  /** Element by element, then the shorter first. */
  public int compare(List<Value> left, List<Value> right) {
    int length = Math.min(left.size(), right.size());
    for (int i = 0; i < length; i++) {
      int order = compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** The order of strings: ICU root collation, then UTF-8 bytes. */
  public static int compareStrings(String left, String right) {
    return Collation.compare(left, right);
  }

  /** The order of references: document id, then collection, then database. */
  public static int compareRefs(Ref left, Ref right) {
    int order = Long.compare(left.id(), right.id());
    if (order == 0) {
      order = Integer.compare(left.collection(), right.collection());
    }
    return order != 0 ? order : Long.compareUnsigned(left.scope(), right.scope());
  }

  private int compareSameKind(Value left, Value right) {
    return switch (left) {
      case LongValue _, DoubleValue _ -> compareNumbers(left, right);
      case BytesValue(byte[] a) -> Arrays.compareUnsigned(a, ((BytesValue) right).value());
      case StringValue(String a) -> compareStrings(a, ((StringValue) right).value());
      case ArrayValue(List<Value> a) -> compare(a, ((ArrayValue) right).values());
      case ObjectValue a -> compareObjects(a, (ObjectValue) right);
      case Ref a -> compareRefs(a, (Ref) right);
      case TimeValue(var a) -> a.compareTo(((TimeValue) right).value());
      case DateValue(var a) -> a.compareTo(((DateValue) right).value());
      case LambdaValue a -> compareLambdas(a, (LambdaValue) right);
      case TransactionTime a -> a.compareTo((TransactionTime) right);
      case UuidValue(UUID a) -> compareUuids(a, ((UuidValue) right).value());
      case BooleanValue _, NullValue _ -> 0;
      case RuntimeValue _ -> throw new AssertionError("no kind");
    };
  }

  private static int compareNumbers(Value left, Value right) {
    if (left instanceof LongValue(long a) && right instanceof LongValue(long b)) {
      // As doubles, for otherwise the order of integers would contradict that of mixed numbers.
      return Double.compare((double) a, (double) b);
    }
    return Double.compare(toDouble(left), toDouble(right));
  }

  static double toDouble(Value number) {
    return number instanceof LongValue(long value)
        ? (double) value
        : ((DoubleValue) number).value();
  }

  private int compareObjects(ObjectValue left, ObjectValue right) {
    String[] leftNames = sortedNames(left);
    String[] rightNames = sortedNames(right);
    int length = Math.min(leftNames.length, rightNames.length);
    for (int i = 0; i < length; i++) {
      int order = compareStrings(leftNames[i], rightNames[i]);
      if (order == 0) {
        order = compare(left.get(leftNames[i]), right.get(rightNames[i]));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftNames.length, rightNames.length);
  }

  /** The names in UTF-16 order. */
  static String[] sortedNames(ObjectValue object) {
    String[] names = new String[object.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = object.nameAt(i);
    }
    Arrays.sort(names);
    return names;
  }

  private int compareLambdas(LambdaValue left, LambdaValue right) {
    int order = compareStrings(left.apiVersion(), right.apiVersion());
    if (order == 0) {
      order = compare(left.parameters(), right.parameters());
    }
    return order != 0 ? order : compare(left.body(), right.body());
  }

  private static int compareUuids(UUID left, UUID right) {
    int order = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }

  /** The kinds in their order; the tag is the first byte of a value in a key. */
  enum Kind {
    NUMBER(0x10),
    BYTES(0x18),
    STRING(0x20),
    ARRAY(0x28),
    OBJECT(0x30),
    REF(0x38),
    TIME(0x40),
    DATE(0x48),
    LAMBDA(0x50),
    TRANSACTION_TIME(0x58),
    UUID(0x60),
    FALSE(0x68),
    TRUE(0x70),
    NULL(0x78);

    private static final Kind[] BY_TAG = new Kind[0x80];

    static {
      for (Kind kind : values()) {
        BY_TAG[kind.tag] = kind;
      }
    }

    final byte tag;

    Kind(int tag) {
      this.tag = (byte) tag;
    }

    static Kind of(Value value) {
      return switch (value) {
        case LongValue _, DoubleValue _ -> NUMBER;
        case BytesValue _ -> BYTES;
        case StringValue _ -> STRING;
        case ArrayValue _ -> ARRAY;
        case ObjectValue _ -> OBJECT;
        case Ref _ -> REF;
        case TimeValue _ -> TIME;
        case DateValue _ -> DATE;
        case LambdaValue _ -> LAMBDA;
        case TransactionTime _ -> TRANSACTION_TIME;
        case UuidValue _ -> UUID;
        case BooleanValue bool -> bool.value() ? TRUE : FALSE;
        case NullValue _ -> NULL;
        case RuntimeValue _ ->
            throw new IllegalArgumentException("No order: " + value.getClass().getSimpleName());
      };
    }

    /** The kind with this tag, or null. */
    static Kind of(byte tag) {
      return tag < 0 ? null : BY_TAG[tag];
    }
  }
}
