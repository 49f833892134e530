package io.refugium.model;

import com.ibm.icu.text.RawCollationKey;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Writes tuples as bytes whose unsigned lexicographic order is the order of the tuples. Every
 * component delimits itself: no component is a prefix of another, so tuples may be cut and prefixes
 * scanned.
 *
 * <p>Values come in two forms. {@link #value} keeps the order of {@link ValueOrder}, ascending or
 * descending; {@link #term} keeps equality, exact to the kind of number, and no order that anybody
 * should rely on. Numbers that tie in the order leave out what tells them apart; {@link #exactness}
 * writes it at the very end of the key, where it does not disturb the order.
 *
 * <p>Not thread-safe.
 */
public final class KeyEncoder {
  /** Ends an array, object or lambda: below the tag of every kind. */
  static final byte END = 0x01;

  /** Above the first byte of every component, ascending or descending. */
  static final byte AFTER_ALL = (byte) 0xFF;

  /** The first byte of a number with no further bytes is this: more bytes, more distance to it. */
  static final int LONG_ZERO = 0x80;

  static final byte ESCAPE = 0x00;
  static final byte ESCAPED_ZERO = (byte) 0xFF;

  static final byte LOCAL = 0x01;
  static final byte FOREIGN = 0x02;

  static final byte EXACT_LONG = 0x01;
  static final byte EXACT_DOUBLE = 0x02;

  private final long scope;
  private byte[] bytes = new byte[64];
  private int size;

  /** XORed to every byte: all ones while a descending component is written. */
  private byte mask;

  private boolean exact;
  private int numbers;
  private KeyEncoder exactness;

  /**
   * @param scope the database that the key belongs to: references into it are written without it
   */
  public KeyEncoder(long scope) {
    this.scope = scope;
  }

  /** The key so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** How many bytes the key has so far. */
  public int size() {
    return size;
  }

  /** A number, of one to nine bytes, in its order. */
  public KeyEncoder number(long value) {
    long magnitude = value < 0 ? ~value : value;
    int length = (Long.SIZE - Long.numberOfLeadingZeros(magnitude) + 7) / 8;
    put((byte) (value < 0 ? LONG_ZERO - 1 - length : LONG_ZERO + length));
    for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
      put((byte) (value >> shift));
    }
    return this;
  }

  /** One byte, unsigned order. Zero is taken by the escape of whatever came before: do not use. */
  public KeyEncoder marker(int value) {
    put((byte) value);
    return this;
  }

  /** Bytes, unsigned order, a prefix before what it is a prefix of. */
  public KeyEncoder bytes(byte[] value) {
    for (byte b : value) {
      put(b);
      if (b == ESCAPE) {
        put(ESCAPED_ZERO);
      }
    }
    put(ESCAPE);
    put(ESCAPE);
    return this;
  }

  /** A string in the order of its UTF-8 bytes: a name or the like, not a value. */
  public KeyEncoder text(String value) {
    return bytes(Utf8.encode(value));
  }

  /** The document at the end of an index entry: id, then collection. */
  public KeyEncoder document(Ref ref) {
    return number(ref.id()).number(ref.collection());
  }

  /** A value in the order of {@link ValueOrder}, or against it. */
  public KeyEncoder value(Value value, boolean descending) {
    mask = (byte) (descending ? 0xFF : 0);
    put(value);
    mask = 0;
    return this;
  }

  /** What all arrays of an index entry begin with that begin with these elements. */
  public KeyEncoder arrayPrefix(ArrayValue elements, boolean descending) {
    mask = (byte) (descending ? 0xFF : 0);
    put(ValueOrder.Kind.of(elements).tag);
    elements.values().forEach(this::put);
    mask = 0;
    return this;
  }

  /** A value by equality. */
  public KeyEncoder term(Value value) {
    exact = true;
    put(value);
    exact = false;
    return this;
  }

  /** Terms by equality, one after the other. */
  public KeyEncoder terms(List<Value> terms) {
    terms.forEach(this::term);
    return this;
  }

  /**
   * What tells the numbers of the values apart that tie in the order: nothing for integers of up to
   * 53 bits and for doubles with a fraction. Must be the last component.
   */
  public KeyEncoder exactness() {
    if (exactness != null) {
      for (int i = 0; i < exactness.size; i++) {
        put(exactness.bytes[i]);
      }
    }
    return this;
  }

  /** Makes the key a bound that lies after every key which begins with what was written so far. */
  public KeyEncoder afterAll() {
    put(AFTER_ALL);
    return this;
  }

  private void put(Value value) {
    ValueOrder.Kind kind = ValueOrder.Kind.of(value);
    put(kind.tag);
    switch (value) {
      case LongValue _, DoubleValue _ -> putNumber(value);
      case BytesValue(byte[] v) -> bytes(v);
      case StringValue(String v) -> putString(v);
      case ArrayValue array -> {
        array.values().forEach(this::put);
        put(END);
      }
      case ObjectValue object -> {
        for (String name : ValueOrder.sortedNames(object)) {
          put(ValueOrder.Kind.STRING.tag);
          putString(name);
          put(object.get(name));
        }
        put(END);
      }
      case Ref ref -> putRef(ref);
      case TimeValue(var v) -> {
        number(v.getEpochSecond());
        fraction((long) v.getNano() << 34);
      }
      case DateValue(var v) -> number(v.toEpochDay());
      case LambdaValue(String version, Value parameters, Value body) -> {
        putString(version);
        put(parameters);
        put(body);
      }
      case TransactionTime time -> put((byte) (time.ordinal() + 1));
      case UuidValue(UUID v) -> {
        putLong(v.getMostSignificantBits());
        putLong(v.getLeastSignificantBits());
      }
      case BooleanValue _, NullValue _ -> {}
      case RuntimeValue _ -> throw new AssertionError("has no kind");
    }
  }

  private void putNumber(Value value) {
    if (exact) {
      if (value instanceof LongValue(long v)) {
        put(EXACT_LONG);
        number(v);
      } else {
        put(EXACT_DOUBLE);
        fraction(sortable(((DoubleValue) value).value()));
      }
      return;
    }
    double approximation = ValueOrder.toDouble(value);
    fraction(sortable(approximation));
    if (!value.equals(usual(approximation))) {
      noteExactly(value);
    }
    numbers++;
  }

  private void noteExactly(Value value) {
    if (exactness == null) {
      exactness = new KeyEncoder(scope);
    }
    exactness.number(numbers);
    exactness.term(value);
  }

  /** The number that is meant when a key says no more than its place in the order. */
  static Value usual(double place) {
    boolean integer =
        place == Math.rint(place) && Math.abs(place) <= 0x1p53 && !isNegativeZero(place);
    return integer ? new LongValue((long) place) : new DoubleValue(place);
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }

  /** Bits of a double that are, unsigned, in the order of {@link Double#compare}. */
  private static long sortable(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits < 0 ? ~bits : bits | Long.MIN_VALUE;
  }

  private void putString(String text) {
    if (!exact) {
      RawCollationKey key = Collation.key(text);
      for (int i = 0; i < key.size; i++) {
        put(key.bytes[i]); // ends with the only zero
      }
    }
    text(text);
  }

  private void putRef(Ref ref) {
    document(ref);
    if (ref.scope() == scope) {
      put(LOCAL);
    } else {
      put(FOREIGN);
      putLong(ref.scope());
    }
  }

  /**
   * Bits from the highest to the lowest that is set, seven to a byte; the last bit of each byte
   * says whether there are more. Short for small integers, in spite of their being doubles.
   */
  private void fraction(long bits) {
    long rest = bits;
    do {
      long group = rest >>> 57;
      rest <<= 7;
      put((byte) (group << 1 | (rest != 0 ? 1 : 0)));
    } while (rest != 0);
  }

  private void putLong(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((byte) (value >> shift));
    }
  }

  private void put(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) (value ^ mask);
  }
}
