package io.refugium.fql10.runtime;

import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Span;
import java.util.List;

/**
 * The compiled form of a lambda, shared by all its closures. Cursors carry lambdas as text:
 * together {@link #text()} and {@link #span()} say how to get the same code again.
 *
 * @param text the text the lambda stands in
 * @param span the place of the lambda in it
 * @param projection whether it is the element list of the projection at the span
 * @param parameters how many fixed parameters there are; a rest parameter has the slot after them
 * @param slots how many slots a call needs in all
 * @param height how high the tree of nodes is, which bounds the Java stack that a call needs
 * @param tests what it demands of its argument, if it is a predicate
 */
public record LambdaCode(
    QueryText text,
    Span span,
    boolean projection,
    Arity arity,
    int parameters,
    int slots,
    int height,
    Node body,
    List<FieldTest.Code> tests) {

  public LambdaCode {
    tests = List.copyOf(tests);
  }

  // Code is compared by identity: two lambdas of the same text are different functions.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
