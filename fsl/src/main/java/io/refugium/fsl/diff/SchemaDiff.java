package io.refugium.fsl.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What differs between two schemas (schema specification, section 9.1). */
public final class SchemaDiff {
  private SchemaDiff() {}

  private record Key(int rank, String name) {
    static Key of(PlacedItem item) {
      return new Key(item.rank(), item.name());
    }
  }

  /**
   * The differences, in the order in which they are told. Items are the same if their kinds and
   * names are.
   */
  public static List<Change> between(List<PlacedItem> before, List<PlacedItem> after) {
    return between(before, after, null, null);
  }

  /**
   * The differences when one item gets another name.
   *
   * @param renamed the item as it was; null for none
   * @param as the same item as it is to be
   */
  public static List<Change> between(
      List<PlacedItem> before, List<PlacedItem> after, PlacedItem renamed, PlacedItem as) {
    Map<Key, PlacedItem> known = new LinkedHashMap<>();
    before.forEach(item -> known.put(Key.of(item), item));
    List<Change> changes = new ArrayList<>();
    if (renamed != null) {
      known.remove(Key.of(renamed));
      changes.add(new Change.Modified(renamed, as));
    }
    for (PlacedItem item : after) {
      if (as != null && Key.of(item).equals(Key.of(as))) {
        continue;
      }
      PlacedItem old = known.remove(Key.of(item));
      if (old == null) {
        changes.add(new Change.Added(item));
      } else if (!Parts.of(old.item()).equals(Parts.of(item.item()))) {
        changes.add(new Change.Modified(old, item));
      }
    }
    known.values().forEach(item -> changes.add(new Change.Removed(item)));
    changes.sort(Change.ORDER);
    return changes;
  }
}
