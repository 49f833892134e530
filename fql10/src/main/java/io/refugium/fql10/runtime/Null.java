package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;

/**
 * The null value with the reason why it arose, which {@code !} and messages tell (library
 * specification, section 2.5). All nulls are equal.
 *
 * @param origin where it arose, or null if that is not known (yet)
 */
public record Null(NullCause cause, Span origin) implements QueryValue {

  /** A null of this cause whose place is filled in by the call that returned it. */
  public static Null of(NullCause cause) {
    return new Null(cause, null);
  }

  /** The null that a field access without result yields. */
  public static Null missingField(String field, Span origin) {
    return new Null(NullCause.missingField(field), origin);
  }

  /** This null with a place, unless it has one. */
  public Null orAt(Span place) {
    return origin == null ? new Null(cause, place) : this;
  }

  @Override
  public Kind kind() {
    return Kind.NULL;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Null;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
