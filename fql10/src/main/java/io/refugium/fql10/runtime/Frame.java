package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * The local values of one call in progress: parameters and {@code let}s in slots, each written once
 * before it is read, and what the function has captured. Confined to the thread that runs the
 * query.
 */
public final class Frame {
  private final QueryContext context;
  private final Value[] slots;
  private final Value[] captured;
  private final Inputs inputs;

  public Frame(QueryContext context, Value[] slots, Value[] captured, Inputs inputs) {
    this.context = context;
    this.slots = slots;
    this.captured = captured;
    this.inputs = inputs;
  }

  public QueryContext context() {
    return context;
  }

  public Value local(int slot) {
    return slots[slot];
  }

  public void bind(int slot, Value value) {
    slots[slot] = value;
  }

  public Value captured(int index) {
    return captured[index];
  }

  public Inputs inputs() {
    return inputs;
  }
}
