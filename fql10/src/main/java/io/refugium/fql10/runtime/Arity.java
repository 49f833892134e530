package io.refugium.fql10.runtime;

import java.util.List;

/**
 * How many arguments a function accepts.
 *
 * @param counts the accepted numbers, ascending; the single smallest one if variadic
 * @param variadic whether any greater number is accepted too
 */
public record Arity(List<Integer> counts, boolean variadic) {

  public Arity {
    counts = List.copyOf(counts);
  }

  public static Arity exactly(int count) {
    return new Arity(List.of(count), false);
  }

  public static Arity atLeast(int count) {
    return new Arity(List.of(count), true);
  }

  /** Whether so many arguments will do; asked at each call, so it makes no objects. */
  public boolean accepts(int count) {
    if (variadic) {
      return count >= counts.getFirst();
    }
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) == count) {
        return true;
      }
    }
    return false;
  }

  /** In words, for example {@code exactly 1 argument}, where {@code noun} is {@code argument}. */
  public String describe(String noun) {
    int last = counts.getLast();
    if (variadic) {
      return last == 0 ? "any number of " + noun + "s" : "at least " + counted(last, noun);
    }
    if (counts.size() > 1) {
      String others =
          String.join(
              ", ", counts.subList(0, counts.size() - 1).stream().map(String::valueOf).toList());
      return others + " or " + last + " " + noun + "s";
    }
    return last == 0 ? "no " + noun + "s" : "exactly " + counted(last, noun);
  }

  static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
