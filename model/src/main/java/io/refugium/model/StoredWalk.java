package io.refugium.model;

/**
 * Goes through a stored array or object from front to back without making a value of everything it
 * passes: for writers that turn stored documents into text as they are. Each part is looked at by
 * {@link #kind} and then read or entered, exactly once. Not thread-safe.
 */
public final class StoredWalk {
  /** What comes next. */
  public enum Kind {
    STRING,
    LONG,
    ARRAY,
    OBJECT,

    /** Anything else: to be had as a value. */
    OTHER
  }

  /** Takes a text as it is stored. */
  @FunctionalInterface
  public interface TextSink {
    /**
     * A text in UTF-8. A surrogate without its partner has three bytes of its own, {@code ED}
     * first, which are no UTF-8.
     *
     * @param bytes not to be changed
     */
    void text(byte[] bytes, int offset, int length);
  }

  private final ValueDecoder decoder;
  private int nameStart;
  private int nameLength;

  private StoredWalk(Encoded source) {
    this.decoder =
        new ValueDecoder(
            source.bytes(), source.scope(), source.start(), source.start() + source.length());
  }

  /**
   * A walk that begins in front of the value; null when it is none that was read from the store.
   */
  public static StoredWalk of(Value value) {
    return switch (value) {
      case ObjectValue object when object.source() != null -> new StoredWalk(object.source());
      case ArrayValue array when array.values() instanceof LazyArray lazy ->
          new StoredWalk(lazy.source());
      default -> null;
    };
  }

  /** A text as {@link TextSink} gets it. */
  public static String decode(byte[] bytes, int offset, int length) {
    return Utf8.decode(bytes, offset, length);
  }

  /** What the next value is. */
  public Kind kind() {
    return switch (decoder.peek()) {
      case Tag.STRING -> Kind.STRING;
      case Tag.LONG, Tag.LONG_FIXED -> Kind.LONG;
      case Tag.ARRAY -> Kind.ARRAY;
      case Tag.OBJECT -> Kind.OBJECT;
      default -> Kind.OTHER;
    };
  }

  /** Reads a value of any kind. */
  public Value value() {
    return decoder.read();
  }

  /** Reads a {@link Kind#LONG}. */
  public long number() {
    return ((LongValue) decoder.read()).value();
  }

  /** Reads a {@link Kind#STRING}. */
  public void string(TextSink sink) {
    decoder.skipTag();
    int length = decoder.readLength();
    sink.text(decoder.bytes(), decoder.advance(length), length);
  }

  /** Enters a {@link Kind#ARRAY} or {@link Kind#OBJECT}: so many elements or fields come next. */
  public int enter() {
    return decoder.enter();
  }

  /** Moves to the value of the next field of an object that was entered. */
  public void field() {
    nameLength = decoder.readLength();
    nameStart = decoder.advance(nameLength);
  }

  /** The name of the field that {@link #field} moved to last. */
  public void name(TextSink sink) {
    sink.text(decoder.bytes(), nameStart, nameLength);
  }

  /** Whether one of the next fields has a name that begins like this; goes nowhere. */
  public boolean hasNameFrom(char first, int fields) {
    return decoder.hasNameFrom((byte) first, fields);
  }
}
