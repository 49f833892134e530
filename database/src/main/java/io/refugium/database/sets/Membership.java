package io.refugium.database.sets;

import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import java.util.List;

/** Whether a key is in an intersection or difference, as the events of its operands go by. */
final class Membership {
  private final List<Value> key;
  private final int[] counts;
  private final boolean intersection;
  private boolean member;

  Membership(SetEvent first, int operands, boolean intersection) {
    this.key = first.entry().key();
    this.counts = new int[operands];
    this.intersection = intersection;
  }

  boolean isOf(SetEvent event) {
    return ValueOrder.INSTANCE.compare(key, event.entry().key()) == 0;
  }

  /** Follows an event; whether the key came or went by it. */
  boolean flipsBy(Step step) {
    counts[step.operand()] += step.event().action() == SetEvent.Action.ADD ? 1 : -1;
    boolean before = member;
    member = counts[0] > 0;
    for (int i = 1; i < counts.length; i++) {
      member &= counts[i] > 0 == intersection;
    }
    return member != before;
  }

  /** The event of the combined set at a step after which the key has come or gone. */
  SetEvent flip(Step step) {
    SetEvent event = step.event();
    return SetEvent.ofSet(event.ts(), member, event.document(), event.values());
  }
}
