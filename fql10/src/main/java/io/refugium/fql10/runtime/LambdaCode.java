package io.refugium.fql10.runtime;

import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Span;
import java.util.List;

/**
 * The compiled form of a lambda, shared by all its closures.
 *
 * <p>The slots of a call are laid out as captured values, then parameters, then local names. Cursors
 * carry lambdas as text: {@link #span()} and {@link #captures()} are what is needed to compile the
 * same code again elsewhere.
 *
 * @param text the text the lambda stands in
 * @param span the place of the lambda in it
 * @param form how the text at the span is to be read
 * @param captures the names of the captured values, in slot order
 * @param parameters how many fixed parameters there are
 * @param slots how many slots a call needs in all
 * @param height how high the tree of nodes is, which bounds the Java stack that a call needs
 */
public record LambdaCode(
    QueryText text,
    Span span,
    Form form,
    List<String> captures,
    Arity arity,
    int parameters,
    int slots,
    int height,
    Node body) {

  /** What kind of text a lambda was written as. */
  public enum Form {
    /** {@code x => body}. */
    LAMBDA,
    /** {@code .a + .b}. */
    SHORT,
    /** {@code value { a, b }}: the elements, applied to the parameter. */
    PROJECTION
  }
}
