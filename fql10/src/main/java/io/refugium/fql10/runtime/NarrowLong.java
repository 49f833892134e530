package io.refugium.fql10.runtime;

/**
 * An integer that would fit 32 bits, but comes from an operation whose result is a Long (library
 * specification, section 2.1). Arithmetic and the store turn it into an ordinary integer.
 */
public record NarrowLong(long value) implements QueryValue {
  @Override
  public Kind kind() {
    return Kind.LONG;
  }
}
