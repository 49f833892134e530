package io.refugium.model;

/**
 * The compact binary form in which values are stored. It is self-describing and begins with a
 * format version, keeps the order of fields and the difference between integers and doubles, and
 * leaves the scope out of references.
 *
 * <p>Decoding is lazy: an object or array knows its bytes and takes them apart one level at a time.
 * Looking up one field of a large document never decodes its siblings, and encoding a part that was
 * decoded but not changed copies its bytes.
 *
 * <p>All methods are pure and thread-safe.
 */
public final class ValueCodec {
  /** How deep arrays, objects and lambdas may be nested. */
  public static final int MAX_DEPTH = 512;

  /** How many bytes one encoded value may have. */
  public static final int MAX_BYTES = 16 << 20;

  static final byte FORMAT = 1;

  private ValueCodec() {}

  /**
   * The binary form of a value.
   *
   * @param scope the database of the document that will hold the value
   * @throws CodecException when the value is too deep, too large, not storable, or refers to a
   *     document of another scope
   */
  public static EncodedValue encode(Value value, long scope) {
    ValueEncoder encoder = new ValueEncoder(scope);
    return encoder.encode(value);
  }

  /**
   * The value of a binary form. The bytes belong to the value from now on: do not change them.
   *
   * @param scope the database of the document that holds the value; goes into its references
   * @throws CodecException when the bytes are no value; parts that are decoded later may throw then
   */
  public static Value decode(byte[] bytes, long scope) {
    if (bytes.length == 0 || bytes[0] != FORMAT) {
      throw CodecException.malformed("unknown format");
    }
    return new ValueDecoder(bytes, scope, 1).read();
  }

  /** {@link #decode} of bytes that are known to hold an object. */
  public static ObjectValue decodeObject(byte[] bytes, long scope) {
    if (decode(bytes, scope) instanceof ObjectValue object) {
      return object;
    }
    throw CodecException.malformed("object expected");
  }
}
