package io.refugium.fql4.language;

import io.refugium.model.Value;

/**
 * The variables of one running program, each in the slot that the parser gave it, and the
 * evaluation they belong to.
 */
public final class Frame {
  private final Evaluation evaluation;
  private final Value[] slots;

  public Frame(Evaluation evaluation, int slots) {
    this(evaluation, new Value[slots]);
  }

  private Frame(Evaluation evaluation, Value[] slots) {
    this.evaluation = evaluation;
    this.slots = slots;
  }

  Evaluation evaluation() {
    return evaluation;
  }

  Value get(int slot) {
    return slots[slot];
  }

  void set(int slot, Value value) {
    slots[slot] = value;
  }

  /** The variables as they are now, for a lambda that runs after they have changed. */
  Frame snapshot() {
    return new Frame(evaluation, slots.clone());
  }
}
