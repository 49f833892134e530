package io.refugium.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;

/** Reads values at a position in a buffer. Not thread-safe, cheap to make. */
final class ValueDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final long scope;
  private final int end;
  private int position;

  ValueDecoder(byte[] bytes, long scope, int position) {
    this(bytes, scope, position, bytes.length);
  }

  ValueDecoder(byte[] bytes, long scope, int position, int end) {
    this.bytes = bytes;
    this.scope = scope;
    this.position = position;
    this.end = end;
  }

  /** The contents of an array or object, behind its tag and length. */
  static ValueDecoder contents(Encoded source) {
    int header = 1 + Integer.BYTES;
    return new ValueDecoder(
        source.bytes(), source.scope(), source.start() + header, source.start() + source.length());
  }

  int position() {
    return position;
  }

  /** Reads the value at the position: arrays and objects as windows on the buffer. */
  Value read() {
    int start = position;
    byte tag = readByte();
    return switch (tag) {
      case Tag.NULL -> NullValue.NULL;
      case Tag.FALSE -> BooleanValue.FALSE;
      case Tag.TRUE -> BooleanValue.TRUE;
      case Tag.LONG -> new LongValue(readZigzag());
      case Tag.LONG_FIXED -> new LongValue(readLong());
      case Tag.DOUBLE -> new DoubleValue(Double.longBitsToDouble(readLong()));
      case Tag.STRING -> new StringValue(readString());
      case Tag.BYTES -> new BytesValue(readBytes());
      case Tag.TIME_MICROS -> TimeValue.ofMicros(readLong());
      case Tag.TIME -> readTime();
      case Tag.DATE -> readDate();
      case Tag.UUID -> new UuidValue(new UUID(readLong(), readLong()));
      case Tag.REF -> new Ref(scope, (int) readVarint(), readZigzag());
      case Tag.LAMBDA -> readLambda();
      case Tag.ARRAY -> new ArrayValue(new LazyArray(window(start)));
      case Tag.OBJECT -> ObjectValue.lazy(window(start));
      default -> throw CodecException.malformed("unknown tag " + tag);
    };
  }

  /** Moves behind the value at the position without making it. */
  void skip() {
    byte tag = readByte();
    switch (tag) {
      case Tag.NULL, Tag.FALSE, Tag.TRUE -> {}
      case Tag.LONG, Tag.DATE -> readVarint();
      case Tag.LONG_FIXED, Tag.DOUBLE, Tag.TIME_MICROS -> advance(Long.BYTES);
      case Tag.STRING, Tag.BYTES -> advance(readLength());
      case Tag.TIME -> advance(Long.BYTES + Integer.BYTES);
      case Tag.UUID -> advance(2 * Long.BYTES);
      case Tag.REF -> {
        readVarint();
        readVarint();
      }
      case Tag.LAMBDA, Tag.ARRAY, Tag.OBJECT -> advance(readInt());
      default -> throw CodecException.malformed("unknown tag " + tag);
    }
  }

  /** The value of a field of the object whose contents begin here, or null. */
  Value lookUp(String name) {
    byte[] encoded = Utf8.isAscii(name) ? null : Utf8.encode(name);
    for (int rest = readCount(); rest > 0; rest--) {
      int length = readLength();
      int start = advance(length);
      boolean found =
          encoded == null
              ? length == name.length() && isAt(start, name)
              : Arrays.equals(bytes, start, start + length, encoded, 0, encoded.length);
      if (found) {
        return read();
      }
      skip();
    }
    return null;
  }

  /** Whether these bytes are those of a text: of one whose characters are one byte each. */
  private boolean isAt(int start, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  // ---- What a walk needs: see StoredWalk

  byte[] bytes() {
    return bytes;
  }

  byte peek() {
    if (position >= end) {
      throw CodecException.malformed("unexpected end");
    }
    return bytes[position];
  }

  void skipTag() {
    readByte();
  }

  /** Moves behind tag and length of an array or object; returns how many parts it has. */
  int enter() {
    readByte();
    readInt();
    return readCount();
  }

  /** Whether one of the next fields has a name that begins with this byte. */
  boolean hasNameFrom(byte first, int fields) {
    int start = position;
    boolean found = false;
    for (int rest = fields; rest > 0 && !found; rest--) {
      int length = readLength();
      found = length > 0 && peek() == first;
      advance(length);
      skip();
    }
    position = start;
    return found;
  }

  /** A count of elements or fields, each of which has at least one byte. */
  int readCount() {
    int count = readLength();
    if (count > end - position) {
      throw CodecException.malformed("count " + count);
    }
    return count;
  }

  String readString() {
    int length = readLength();
    int start = advance(length);
    return Utf8.decode(bytes, start, length);
  }

  private byte[] readBytes() {
    int length = readLength();
    byte[] copy = new byte[length];
    System.arraycopy(bytes, advance(length), copy, 0, length);
    return copy;
  }

  private TimeValue readTime() {
    try {
      return new TimeValue(Instant.ofEpochSecond(readLong(), readInt()));
    } catch (DateTimeException | ArithmeticException e) {
      throw CodecException.malformed("time out of range");
    }
  }

  private DateValue readDate() {
    try {
      return new DateValue(LocalDate.ofEpochDay(readZigzag()));
    } catch (DateTimeException e) {
      throw CodecException.malformed("date out of range");
    }
  }

  private LambdaValue readLambda() {
    int length = readInt();
    if (length < 0 || length > end - position) {
      throw CodecException.malformed("lambda of " + length + " bytes");
    }
    String apiVersion = readString();
    return new LambdaValue(apiVersion, read(), read());
  }

  private Encoded window(int start) {
    advance(readInt());
    return new Encoded(bytes, start, position - start, scope);
  }

  private byte readByte() {
    return bytes[advance(1)];
  }

  private int readInt() {
    return (int) INT.get(bytes, advance(Integer.BYTES));
  }

  private long readLong() {
    return (long) LONG.get(bytes, advance(Long.BYTES));
  }

  private long readZigzag() {
    long value = readVarint();
    return value >>> 1 ^ -(value & 1);
  }

  int readLength() {
    long length = readVarint();
    if (length < 0 || length > end - position) {
      throw CodecException.malformed("length " + length);
    }
    return (int) length;
  }

  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw CodecException.malformed("endless number");
  }

  /** Moves on by so many bytes and returns where they began. */
  int advance(int length) {
    if (length < 0 || length > end - position) {
      throw CodecException.malformed("unexpected end");
    }
    int start = position;
    position += length;
    return start;
  }
}
