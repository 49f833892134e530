package io.refugium.database.sets;

import io.refugium.model.ValueOrder;
import java.util.Comparator;

/** An event in one operand of an intersection or difference. */
record Step(SetEvent event, int operand) {
  /** By key, then in the order in which the events of a key are followed. */
  static final Comparator<Step> ORDER =
      Comparator.<Step, java.util.List<io.refugium.model.Value>>comparing(
              step -> step.event.entry().key(), ValueOrder.INSTANCE::compare)
          .thenComparingLong(step -> step.event.ts())
          .thenComparing(step -> step.event.action())
          .thenComparing(step -> step.event.document(), ValueOrder::compareRefs)
          .thenComparingInt(Step::operand);
}
