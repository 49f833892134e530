package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Combinations of the elements of arrays and of the steps of sets. */
final class Folds {
  private Folds() {}

  static Value fold(Call call, List<Value> values, Value seed, Value reducer) {
    Accumulator result = new Accumulator(call, seed, reducer);
    values.forEach(result::add);
    return result.value();
  }

  static Value reduce(Call call, List<Value> values, Value reducer) {
    return values.isEmpty()
        ? Null.of(NullCause.EMPTY_ARRAY)
        : fold(call, values.subList(1, values.size()), values.getFirst(), reducer);
  }

  /** Neighbours combined again and again until one value is left; that one with the seed. */
  static Value aggregate(Call call, List<Value> values, Value seed, Value combiner) {
    if (values.isEmpty()) {
      return seed;
    }
    List<Value> round = values;
    while (round.size() > 1) {
      List<Value> next = new ArrayList<>((round.size() + 1) / 2);
      for (int i = 0; i + 1 < round.size(); i += 2) {
        next.add(call.invoke(combiner, round.get(i), round.get(i + 1)));
      }
      if (round.size() % 2 == 1) {
        next.add(round.getLast());
      }
      round = next;
    }
    return call.invoke(combiner, round.getFirst(), seed);
  }
}
