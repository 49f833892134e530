package io.refugium.fsl.diff;

import java.util.Comparator;

/** A difference between two schemas in one item. */
public sealed interface Change {
  /** Added items, then removed, then modified ones; each by kind and name. */
  Comparator<Change> ORDER =
      Comparator.comparingInt(Change::rank)
          .thenComparing(change -> change.item().rank())
          .thenComparing(change -> change.item().name());

  /** The item that the title of the change names. */
  PlacedItem item();

  private int rank() {
    return switch (this) {
      case Added _ -> 0;
      case Removed _ -> 1;
      case Modified _ -> 2;
    };
  }

  /** An item that there was not. */
  record Added(PlacedItem item) implements Change {}

  /** An item that there is no more. */
  record Removed(PlacedItem item) implements Change {}

  /** An item that says something else, or has another name. */
  record Modified(PlacedItem before, PlacedItem after) implements Change {
    /** The item under its old name. */
    @Override
    public PlacedItem item() {
      return before;
    }
  }
}
