package io.refugium.model;

/** The first byte of every stored value: its kind. Part of the storage format, never renumbered. */
final class Tag {
  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;

  /** Zigzag varint. */
  static final byte LONG = 3;

  /** Eight bytes; written where a commit time goes. */
  static final byte LONG_FIXED = 4;

  /** Eight bytes, IEEE 754. */
  static final byte DOUBLE = 5;

  /** Varint length, UTF-8. */
  static final byte STRING = 6;

  /** Varint length, bytes. */
  static final byte BYTES = 7;

  /** Eight bytes: microseconds since the epoch. The other place where a commit time goes. */
  static final byte TIME_MICROS = 8;

  /** Eight bytes of seconds since the epoch, four of nanoseconds. */
  static final byte TIME = 9;

  /** Zigzag varint: days since the epoch. */
  static final byte DATE = 10;

  /** Sixteen bytes. */
  static final byte UUID = 11;

  /** Varint collection, zigzag varint id. */
  static final byte REF = 12;

  /** Length in four bytes; API version as a string without tag, parameters, body. */
  static final byte LAMBDA = 13;

  /** Length in four bytes, varint count, elements. */
  static final byte ARRAY = 14;

  /** Length in four bytes, varint count; names as strings without tag, each before its value. */
  static final byte OBJECT = 15;

  private Tag() {}
}
