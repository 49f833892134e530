package io.refugium.model;

import java.util.Arrays;
import java.util.Base64;

/** A sequence of bytes. The array is owned by the value: do not change it. */
public record BytesValue(byte[] value) implements Value {
  @Override
  public boolean equals(Object other) {
    return other instanceof BytesValue that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "BytesValue[" + Base64.getEncoder().encodeToString(value) + "]";
  }
}
