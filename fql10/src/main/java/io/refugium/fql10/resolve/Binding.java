package io.refugium.fql10.resolve;

/** What an identifier or an implicit receiver means, seen from the frame in which it stands. */
public sealed interface Binding {

  /** A parameter or {@code let} of the same frame. */
  record Local(int slot) implements Binding {}

  /**
   * A value of an enclosing frame that the function took along, by its place among the captures.
   */
  record Captured(int index) implements Binding {}

  /**
   * Not bound in the text: a request argument, a module, a collection, a user function, or nothing
   * (language specification, section 5.1).
   */
  record Free(String name) implements Binding {}
}
