package io.refugium.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Which ranges of keys have given up their history, and before which time. Engines keep one and ask
 * it after every read at a time in the past: a floor is raised before the first version is removed,
 * so a read that saw a removal also sees the floor. Immutable; a floor never falls.
 */
public final class PruneFloors {
  /** No history given up. */
  public static final PruneFloors NONE = new PruneFloors(List.of());

  private final List<Floor> floors;
  private final long highest;

  private PruneFloors(List<Floor> floors) {
    this.floors = floors;
    this.highest = floors.stream().mapToLong(Floor::time).max().orElse(0);
  }

  /**
   * The history of {@code range} before {@code time} is given up.
   *
   * @param time microseconds since the epoch
   */
  public record Floor(KeyRange range, long time) {}

  /** The floors that were saved from {@link #floors}. */
  public static PruneFloors of(List<Floor> floors) {
    return new PruneFloors(List.copyOf(floors));
  }

  /** The floors in force, none of them implied by another. */
  public List<Floor> floors() {
    return floors;
  }

  /**
   * These floors and one more; those it implies are dropped.
   *
   * @throws StorageException.TooLarge with more than {@link StorageLimits#MAX_FLOORS} floors
   */
  public PruneFloors raised(KeyRange range, long time) {
    if (time <= coveringFloor(range)) {
      return this;
    }
    List<Floor> raised = new ArrayList<>(floors.size() + 1);
    for (Floor floor : floors) {
      if (floor.time > time || !range.contains(floor.range)) {
        raised.add(floor);
      }
    }
    raised.add(new Floor(range, time));
    if (raised.size() > StorageLimits.MAX_FLOORS) {
      throw new StorageException.TooLarge(
          "more than " + StorageLimits.MAX_FLOORS + " ranges with a prune floor of their own");
    }
    return new PruneFloors(List.copyOf(raised));
  }

  /** The highest floor that holds for the whole of {@code range}; 0 when there is none. */
  public long coveringFloor(KeyRange range) {
    long covering = 0;
    for (Floor floor : floors) {
      if (floor.time > covering && floor.range.contains(range)) {
        covering = floor.time;
      }
    }
    return covering;
  }

  /** The highest floor that holds for some key of {@code range}; 0 when there is none. */
  public long floorWithin(KeyRange range) {
    long within = 0;
    for (Floor floor : floors) {
      if (floor.time > within && floor.range.overlaps(range)) {
        within = floor.time;
      }
    }
    return within;
  }

  /**
   * Refuses a read of {@code key} at a time before its floor.
   *
   * @throws StorageException.Pruned when {@code at} is too old
   */
  public void check(byte[] key, long at) {
    if (at >= highest) {
      return;
    }
    for (Floor floor : floors) {
      if (at < floor.time && floor.range.contains(key)) {
        throw new StorageException.Pruned(floor.time);
      }
    }
  }

  /**
   * Refuses a read in {@code range} at a time before a floor in it.
   *
   * @throws StorageException.Pruned when {@code at} is too old
   */
  public void check(KeyRange range, long at) {
    if (at >= highest) {
      return;
    }
    long floor = floorWithin(range);
    if (at < floor) {
      throw new StorageException.Pruned(floor);
    }
  }
}
