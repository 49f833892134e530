package io.refugium.model;

/** The null value. */
public enum NullValue implements Value {
  NULL
}
