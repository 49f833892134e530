package io.refugium.fql4.language;

/**
 * Where a value goes: an argument of a call or an element of it. Knows its position without
 * building it before it is needed.
 */
public final class Place {
  private final Evaluation evaluation;
  private final Expr.Apply call;
  private final int argument;
  private final int element;

  Place(Evaluation evaluation, Expr.Apply call, int argument) {
    this(evaluation, call, argument, -1);
  }

  private Place(Evaluation evaluation, Expr.Apply call, int argument, int element) {
    this.evaluation = evaluation;
    this.call = call;
    this.argument = argument;
    this.element = element;
  }

  /** The place of one element of an array given as this argument. */
  Place element(int index) {
    return new Place(evaluation, call, argument, index);
  }

  Evaluation evaluation() {
    return evaluation;
  }

  public Position position() {
    Position whole = call.position(argument);
    return element < 0 ? whole : whole.at(element);
  }
}
