package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GrownArrayTest {
  private static final long LIMIT = 1_000_000;

  /** Any array made so far is added to any other, and each is what plain lists say. */
  @Property(tries = 300)
  void isTheListOfItsElements(
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 20) Integer> pairs) {
    List<List<Value>> lists = new ArrayList<>(List.of(List.of(), List.of(new LongValue(0))));
    List<List<Value>> plain = new ArrayList<>(lists);
    for (int pair : pairs) {
      int first = pair % lists.size();
      int second = pair / 3 % lists.size();
      lists.add(GrownArray.of(lists.get(first), lists.get(second), LIMIT));
      List<Value> both = new ArrayList<>(plain.get(first));
      both.addAll(plain.get(second));
      both.add(new LongValue(plain.size()));
      plain.add(both);
      Value mark = new LongValue(lists.size() - 1);
      lists.set(lists.size() - 1, GrownArray.of(lists.getLast(), List.of(mark), LIMIT));
    }
    assertThat(lists).isEqualTo(plain);
    for (int i = 0; i < lists.size(); i++) {
      assertThat(lists.get(i).toArray()).isEqualTo(plain.get(i).toArray());
      assertThat(ValueParts.count(new ArrayValue(lists.get(i)), LIMIT))
          .isEqualTo(ValueParts.count(new ArrayValue(plain.get(i)), LIMIT));
    }
  }
}
