package io.refugium.fsl.diff;

import io.refugium.fsl.diff.Paint.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The lines about the changes of one item or group: additions, then removals, then changes, each
 * with the lines below it.
 */
final class Details {
  /**
   * A line.
   *
   * @param depth how far it is indented, in steps
   */
  record Line(Style style, int depth, String text) {}

  private final List<Line> added = new ArrayList<>();
  private final List<Line> removed = new ArrayList<>();
  private final List<Line> changed = new ArrayList<>();

  Details add(String text) {
    added.add(new Line(Style.ADDED, 1, "+ " + text));
    return this;
  }

  Details remove(String text) {
    removed.add(new Line(Style.REMOVED, 1, "- " + text));
    return this;
  }

  Details change(String text) {
    changed.add(new Line(Style.CHANGED, 1, "~ " + text));
    return this;
  }

  /** A change with lines below it. */
  Details change(String text, Details inner) {
    change(text);
    for (Line line : inner.lines()) {
      changed.add(new Line(line.style(), line.depth() + 1, line.text()));
    }
    return this;
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>(added);
    lines.addAll(removed);
    lines.addAll(changed);
    return lines;
  }

  /**
   * Compares named parts.
   *
   * @param what names a part in a line
   * @param change the line about a part that is on both sides and differs
   */
  <V> Details compare(
      Map<String, V> before,
      Map<String, V> after,
      Function<String, String> what,
      Function<String, String> change) {
    addedAndRemoved(before, after, what);
    common(before, after).forEach(name -> change(change.apply(name)));
    return this;
  }

  /** Compares named parts that have parts themselves. */
  <V> Details compareNested(
      Map<String, V> before,
      Map<String, V> after,
      Function<String, String> what,
      BiFunction<V, V, Details> inner) {
    addedAndRemoved(before, after, what);
    common(before, after)
        .forEach(
            name ->
                change(
                    "change " + what.apply(name), inner.apply(before.get(name), after.get(name))));
    return this;
  }

  private <V> void addedAndRemoved(
      Map<String, V> before, Map<String, V> after, Function<String, String> what) {
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> add("add " + what.apply(name)));
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> remove("remove " + what.apply(name)));
  }

  private static <V> List<String> common(Map<String, V> before, Map<String, V> after) {
    return after.keySet().stream()
        .filter(before::containsKey)
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .toList();
  }

  /** Compares a member that is one value. */
  Details setting(String name, Optional<?> before, Optional<?> after) {
    if (before.isEmpty() && after.isPresent()) {
      add("add " + name + " set to " + after.get());
    } else if (before.isPresent() && after.isEmpty()) {
      remove("remove " + name + " set to " + before.get());
    } else if (!before.equals(after)) {
      change("change " + name + " from " + before.get() + " to " + after.get());
    }
    return this;
  }

  /** Compares things that may have a predicate each. */
  Details predicates(
      Map<String, Optional<String>> before,
      Map<String, Optional<String>> after,
      Function<String, String> what) {
    return compare(
        before,
        after,
        what,
        name -> {
          String how =
              before.get(name).isEmpty()
                  ? " by adding a predicate"
                  : after.get(name).isEmpty()
                      ? " by removing a predicate"
                      : " by modifying its predicate";
          return "change " + what.apply(name) + how;
        });
  }
}
