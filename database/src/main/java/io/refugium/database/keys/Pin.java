package io.refugium.database.keys;

import io.refugium.model.SystemCollections;
import io.refugium.storage.Version;

/**
 * The time as of which the schema in force is read while another one is staged (spec: schema 10.6):
 * the value of the schema version. The schema documents of the present are then the staged ones.
 *
 * <p>Schema documents and their source files keep their history for ever, so that time can be read
 * as long as the pin lasts.
 */
public final class Pin {
  /** Nothing is staged: the schema documents of the present are in force. */
  public static final long NONE = 0;

  private static final byte[] NOTHING = {};

  private Pin() {}

  /** The pin in a schema version, which may be null. */
  public static long of(Version version) {
    return version == null ? NONE : decode(version.value());
  }

  /** The pin in the value of a schema version, which may be null. */
  public static long decode(byte[] value) {
    return value == null || value.length == 0 ? NONE : SystemEntries.number(value);
  }

  public static byte[] encode(long pin) {
    return pin == NONE ? NOTHING : SystemEntries.number(pin);
  }

  /**
   * Whether a pin holds the documents of a system collection in their place. Indexes of FQL v4
   * cannot be changed while something is staged, but being built is no change.
   */
  public static boolean holds(int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION,
          SystemCollections.FUNCTION,
          SystemCollections.ROLE,
          SystemCollections.ACCESS_PROVIDER,
          SystemCollections.SCHEMA_SOURCE ->
          true;
      default -> false;
    };
  }
}
