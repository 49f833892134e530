package io.refugium.fql10.runtime;

/** The id of a document as a value of its own. Cannot be stored. */
public record IdValue(long value) implements QueryValue {
  @Override
  public Kind kind() {
    return Kind.ID;
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
