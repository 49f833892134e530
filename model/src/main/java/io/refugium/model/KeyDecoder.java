package io.refugium.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads what {@link KeyEncoder} wrote, component by component, in the same order. Throws {@link
 * CodecException} for bytes that were not written by it. Not thread-safe.
 */
public final class KeyDecoder {
  private final byte[] key;
  private final long scope;
  private int position;
  private byte mask;
  private boolean exact;
  private int numbers;

  /** Numbers that are not what their place in the order suggests, by their count in the key. */
  private Map<Long, Value> exactness = Map.of();

  /**
   * @param offset where the first component to read begins
   * @param scope the database that the key belongs to; goes into references
   */
  public KeyDecoder(byte[] key, int offset, long scope) {
    this.key = key;
    this.position = offset;
    this.scope = scope;
  }

  /** Where the next component begins. */
  public int position() {
    return position;
  }

  /** Whether there is another component. */
  public boolean hasMore() {
    return position < key.length;
  }

  /** What {@link KeyEncoder#number} wrote. */
  public long number() {
    int first = next() & 0xFF;
    boolean negative = first < KeyEncoder.LONG_ZERO;
    int length = negative ? KeyEncoder.LONG_ZERO - 1 - first : first - KeyEncoder.LONG_ZERO;
    if (length > Long.BYTES) {
      throw CodecException.malformed("number of " + length + " bytes");
    }
    long value = negative ? -1 : 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | next() & 0xFF;
    }
    return value;
  }

  /** What {@link KeyEncoder#marker} wrote. */
  public int marker() {
    return next() & 0xFF;
  }

  /** What {@link KeyEncoder#bytes} wrote. */
  public byte[] bytes() {
    int start = position;
    int length = 0;
    while (true) {
      if (next() != KeyEncoder.ESCAPE) {
        length++;
      } else if (next() == KeyEncoder.ESCAPED_ZERO) {
        length++;
      } else {
        break;
      }
    }
    int end = position;
    byte[] value = new byte[length];
    position = start;
    for (int i = 0; i < length; i++) {
      value[i] = next();
      if (value[i] == KeyEncoder.ESCAPE) {
        position++;
      }
    }
    position = end;
    return value;
  }

  /** What {@link KeyEncoder#text} wrote. */
  public String text() {
    byte[] utf8 = bytes();
    return Utf8.decode(utf8, 0, utf8.length);
  }

  /** What {@link KeyEncoder#document} wrote. */
  public Ref document() {
    long id = number();
    return new Ref(scope, (int) number(), id);
  }

  /** What {@link KeyEncoder#term} wrote. */
  public Value term() {
    exact = true;
    Value value = value();
    exact = false;
    return value;
  }

  /** What {@link KeyEncoder#value} wrote, apart from what {@link KeyEncoder#exactness} tells. */
  public Value value(boolean descending) {
    mask = (byte) (descending ? 0xFF : 0);
    Value value = value();
    mask = 0;
    return value;
  }

  /**
   * Values, the document behind them and the exactness at the end of the key: an index entry.
   *
   * @param descending for each value whether it was written descending
   */
  public Entry entry(boolean[] descending) {
    int start = position;
    List<Value> values = values(descending);
    Ref ref = document();
    if (hasMore()) {
      exactness = readExactness();
      position = start;
      numbers = 0;
      values = values(descending);
    }
    return new Entry(values, ref);
  }

  /** Values and document of an index entry. */
  public record Entry(List<Value> values, Ref ref) {}

  private List<Value> values(boolean[] descending) {
    if (descending.length == 0) {
      return List.of();
    }
    Value[] values = new Value[descending.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(descending[i]);
    }
    return List.of(values);
  }

  private Map<Long, Value> readExactness() {
    Map<Long, Value> exceptions = new LinkedHashMap<>();
    while (hasMore()) {
      exceptions.put(number(), term());
    }
    return exceptions;
  }

  private Value value() {
    byte tag = next();
    ValueOrder.Kind kind = ValueOrder.Kind.of(tag);
    if (kind == null) {
      throw CodecException.malformed("unknown tag " + tag);
    }
    return switch (kind) {
      case NUMBER -> numberValue();
      case BYTES -> new BytesValue(bytes());
      case STRING -> new StringValue(string());
      case ARRAY -> array();
      case OBJECT -> object();
      case REF -> ref();
      case TIME -> time();
      case DATE -> date();
      case LAMBDA -> new LambdaValue(string(), value(), value());
      case TRANSACTION_TIME -> TransactionTime.values()[(next() - 1) & 1];
      case UUID -> new UuidValue(new UUID(fixedLong(), fixedLong()));
      case FALSE -> BooleanValue.FALSE;
      case TRUE -> BooleanValue.TRUE;
      case NULL -> NullValue.NULL;
    };
  }

  private Value numberValue() {
    if (exact) {
      return next() == KeyEncoder.EXACT_LONG
          ? new LongValue(number())
          : new DoubleValue(fromSortable(fraction()));
    }
    double place = fromSortable(fraction());
    Value exception = exactness.get((long) numbers++);
    return exception != null ? exception : KeyEncoder.usual(place);
  }

  private static double fromSortable(long bits) {
    return Double.longBitsToDouble(bits < 0 ? bits & Long.MAX_VALUE : ~bits);
  }

  private String string() {
    if (!exact) {
      while (next() != 0) {
        // the collation key: the text itself follows
      }
    }
    return text();
  }

  private ArrayValue array() {
    List<Value> elements = new ArrayList<>();
    while (!atEnd()) {
      elements.add(value());
    }
    return new ArrayValue(List.copyOf(elements));
  }

  private ObjectValue object() {
    ObjectValue.Builder fields = ObjectValue.builder();
    while (!atEnd()) {
      position++; // the tag of the name
      String name = string();
      fields.put(name, value());
    }
    return fields.build();
  }

  /** Whether the container ends here; moves behind its end then. */
  private boolean atEnd() {
    if (next() == KeyEncoder.END) {
      return true;
    }
    position--;
    return false;
  }

  private Ref ref() {
    Ref local = document();
    return next() == KeyEncoder.LOCAL
        ? local
        : new Ref(fixedLong(), local.collection(), local.id());
  }

  private TimeValue time() {
    try {
      return new TimeValue(Instant.ofEpochSecond(number(), fraction() >>> 34));
    } catch (DateTimeException e) {
      throw CodecException.malformed("time out of range");
    }
  }

  private DateValue date() {
    try {
      return new DateValue(LocalDate.ofEpochDay(number()));
    } catch (DateTimeException e) {
      throw CodecException.malformed("date out of range");
    }
  }

  private long fraction() {
    long bits = 0;
    for (int shift = 57; shift > -14; shift -= 7) {
      byte next = next();
      long group = (next & 0xFFL) >>> 1;
      bits |= shift >= 0 ? group << shift : group >>> -shift;
      if ((next & 1) == 0) {
        return bits;
      }
    }
    throw CodecException.malformed("endless number");
  }

  private long fixedLong() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | next() & 0xFF;
    }
    return value;
  }

  private byte next() {
    if (position >= key.length) {
      throw CodecException.malformed("unexpected end of key");
    }
    return (byte) (key[position++] ^ mask);
  }
}
