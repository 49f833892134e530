package io.refugium.model;

/** True or false. */
public enum BooleanValue implements Value {
  FALSE,
  TRUE;

  public static BooleanValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public boolean value() {
    return this == TRUE;
  }
}
