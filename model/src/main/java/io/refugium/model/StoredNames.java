package io.refugium.model;

import java.util.Arrays;
import java.util.Set;

/**
 * Names to look for among the fields of objects, in stored ones without decoding them. Immutable.
 */
public final class StoredNames {
  private final Set<String> names;

  /** The names in the form in which they are stored, by their lengths. */
  private final byte[][][] byLength;

  /** These names. */
  public StoredNames(Set<String> names) {
    this.names = Set.copyOf(names);
    byte[][] encoded = this.names.stream().map(Utf8::encode).toArray(byte[][]::new);
    int longest = Arrays.stream(encoded).mapToInt(name -> name.length).max().orElse(0);
    byLength = new byte[longest + 1][][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      byLength[length] =
          Arrays.stream(encoded).filter(name -> name.length == wanted).toArray(byte[][]::new);
    }
  }

  /** Whether this is one of the names. */
  public boolean contains(String name) {
    return names.contains(name);
  }

  /** Whether a field of the object, not of those in it, has one of the names. */
  public boolean occurIn(ObjectValue object) {
    return object.isStored()
        ? occurIn(ValueDecoder.contents(object.source()))
        : object.names().stream().anyMatch(names::contains);
  }

  private boolean occurIn(ValueDecoder fields) {
    for (int rest = fields.readCount(); rest > 0; rest--) {
      int length = fields.readLength();
      if (contains(fields.bytes(), fields.advance(length), length)) {
        return true;
      }
      fields.skip();
    }
    return false;
  }

  private boolean contains(byte[] bytes, int start, int length) {
    if (length >= byLength.length) {
      return false;
    }
    for (byte[] name : byLength[length]) {
      if (Arrays.equals(bytes, start, start + length, name, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
