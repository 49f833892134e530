package io.refugium.model;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Writes one value. Not thread-safe; used once. */
final class ValueEncoder {
  private static final int[] NO_GAPS = {};

  private final long scope;
  private ByteBuffer out = ByteBuffer.allocate(256);
  private int[] gaps = NO_GAPS;
  private int depth;

  ValueEncoder(long scope) {
    this.scope = scope;
  }

  EncodedValue encode(Value value) {
    reserve(1).put(ValueCodec.FORMAT);
    write(value);
    return new EncodedValue(Arrays.copyOf(out.array(), out.position()), gaps);
  }

  private void write(Value value) {
    switch (value) {
      case NullValue _ -> reserve(1).put(Tag.NULL);
      case BooleanValue v -> reserve(1).put(v.value() ? Tag.TRUE : Tag.FALSE);
      case LongValue(long v) -> {
        reserve(1).put(Tag.LONG);
        writeZigzag(v);
      }
      case DoubleValue(double v) -> reserve(9).put(Tag.DOUBLE).putDouble(v);
      case StringValue(String v) -> {
        reserve(1).put(Tag.STRING);
        writeString(v);
      }
      case BytesValue(byte[] v) -> {
        reserve(1).put(Tag.BYTES);
        writeBytes(v);
      }
      case TimeValue v -> writeTime(v);
      case DateValue(var v) -> {
        reserve(1).put(Tag.DATE);
        writeZigzag(v.toEpochDay());
      }
      case UuidValue(var v) ->
          reserve(17)
              .put(Tag.UUID)
              .putLong(v.getMostSignificantBits())
              .putLong(v.getLeastSignificantBits());
      case Ref ref -> writeRef(ref);
      case LambdaValue lambda -> writeLambda(lambda);
      case ArrayValue array -> writeArray(array);
      case ObjectValue object -> writeObject(object);
      case TransactionTime time -> writeGap(time);
      case RuntimeValue _ -> throw CodecException.notStorable(value);
    }
  }

  private void writeTime(TimeValue time) {
    Instant instant = time.value();
    if (instant.getNano() % 1_000 == 0 && time.fitsMicros()) {
      reserve(9).put(Tag.TIME_MICROS).putLong(time.toMicros());
    } else {
      reserve(13).put(Tag.TIME).putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }
  }

  private void writeRef(Ref ref) {
    if (ref.scope() != scope) {
      throw new CodecException(
          CodecException.Reason.FOREIGN_REFERENCE,
          "A reference to a document of another database cannot be stored");
    }
    reserve(1).put(Tag.REF);
    writeVarint(ref.collection());
    writeZigzag(ref.id());
  }

  private void writeGap(TransactionTime time) {
    reserve(9).put(time == TransactionTime.TIME ? Tag.TIME_MICROS : Tag.LONG_FIXED);
    gaps = Arrays.copyOf(gaps, gaps.length + 1);
    gaps[gaps.length - 1] = out.position();
    out.putLong(0);
  }

  private void writeLambda(LambdaValue lambda) {
    int start = open(Tag.LAMBDA);
    writeString(lambda.apiVersion());
    write(lambda.parameters());
    write(lambda.body());
    close(start);
  }

  private void writeArray(ArrayValue array) {
    if (array.values() instanceof LazyArray lazy && copy(lazy.source())) {
      return;
    }
    int start = open(Tag.ARRAY);
    writeVarint(array.size());
    for (Value element : array.values()) {
      write(element);
    }
    close(start);
  }

  private void writeObject(ObjectValue object) {
    if (object.source() != null && copy(object.source())) {
      return;
    }
    int start = open(Tag.OBJECT);
    int size = object.size();
    writeVarint(size);
    for (int i = 0; i < size; i++) {
      writeString(object.nameAt(i));
      write(object.valueAt(i));
    }
    close(start);
  }

  /** Takes over what was decoded from the same database. */
  private boolean copy(Encoded source) {
    if (source.scope() != scope) {
      return false;
    }
    reserve(source.length()).put(source.bytes(), source.start(), source.length());
    return true;
  }

  private int open(byte tag) {
    if (++depth > ValueCodec.MAX_DEPTH) {
      throw new CodecException(CodecException.Reason.TOO_DEEP, "Value is nested too deeply");
    }
    reserve(5).put(tag).putInt(0);
    return out.position();
  }

  private void close(int start) {
    depth--;
    out.putInt(start - Integer.BYTES, out.position() - start);
  }

  private void writeString(String text) {
    writeBytes(Utf8.encode(text));
  }

  private void writeBytes(byte[] bytes) {
    writeVarint(bytes.length);
    reserve(bytes.length).put(bytes);
  }

  private void writeZigzag(long value) {
    writeVarint(value << 1 ^ value >> 63);
  }

  private void writeVarint(long value) {
    ByteBuffer buffer = reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  /** Room for so many more bytes. */
  private ByteBuffer reserve(int length) {
    if (out.remaining() < length) {
      long needed = (long) out.position() + length;
      if (needed > ValueCodec.MAX_BYTES) {
        throw new CodecException(
            CodecException.Reason.TOO_LARGE,
            "Value exceeds " + ValueCodec.MAX_BYTES + " encoded bytes");
      }
      int capacity = (int) Math.min(ValueCodec.MAX_BYTES, Math.max(needed, out.capacity() * 2L));
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), capacity)).position(out.position());
    }
    return out;
  }
}
