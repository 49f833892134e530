package io.refugium.fql10.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.fql10.encode.ResultFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages read one after the other are the set, whatever it is made of. */
class CursorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Set.sequence(0, 23)",
        "Set.sequence(0, 23).reverse()",
        "Array.sequence(0, 17).toSet()",
        "Set.single('x')",
        "Set.sequence(0, 23).map(x => x * 2 + y)",
        "Set.sequence(0, 23).map(.toString())",
        "Set.sequence(0, 50).where(x => x % y == 0)",
        "Set.sequence(0, 7).flatMap(x => Set.sequence(0, x).map(i => [x, i]))",
        "Set.sequence(0, 7).flatMap(x => Set.sequence(0, x)).reverse()",
        "Set.sequence(0, 5).concat(Set.sequence(90, 97))",
        "Set.sequence(0, 50).take(11)",
        "Set.sequence(0, 50).drop(33)",
        "Set.sequence(0, 50).take(11).reverse()",
        "['b', 'a', 'c', 'a', 'b'].toSet().distinct()",
        "Set.sequence(0, 20).order(desc(x => x % y), .toString())",
        "[{ a: 1, b: 2 }, { a: 3, b: 4 }, { a: 5, b: 6 }].toSet() { b, c: .a + y }",
        "[[1, null, 2.0], ID(5), Math, Time.now, { d: Date('2020-01-02') }].toSet().map(x => [x, z])",
      })
  void pagesOfAnySizeMakeUpTheSet(String set) {
    for (int size : new int[] {1, 2, 3, 16}) {
      String query =
          """
          let y = 3
          let z = [{ k: "v" }, Bytes("AQID"), null]
          let s = %s
          let walk = (walk, page) => if (page.after == null) page.data
            else page.data.concat(walk(walk, Set.paginate(page.after.toString(), %d)))
          walk(walk, s.paginate(%d)).toString() == s.toArray().toString()
          """
              .formatted(set, size, size);
      assertThat(Queries.json(query, ResultFormat.SIMPLE)).as(set).isEqualTo("true");
    }
  }

  @Test
  void aCursorThatWasChangedIsRefused() {
    String cursor = Queries.json("Set.sequence(0, 9).paginate(2).after", ResultFormat.SIMPLE);
    char[] changed = cursor.toCharArray();
    int place = changed.length / 2;
    changed[place] = changed[place] == 'A' ? 'B' : 'A';
    assertThatThrownBy(() -> Queries.run("Set.paginate(" + new String(changed) + ")"))
        .isInstanceOf(QueryFailure.class)
        .hasMessage("Cursor cursor is invalid or expired.");
  }

  @Test
  void aCursorTellsNothing() {
    String query =
        "let hidden = 'kryptos'; Set.sequence(0, 9).where(x => hidden != '').paginate(2).after";
    String cursor = Queries.json(query, ResultFormat.SIMPLE).replace("\"", "");
    String content = new String(Base64.getDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
    assertThat(content).doesNotContain("kryptos").doesNotContain("hidden");
    assertThat(Queries.json("Set.paginate('" + cursor + "').data", ResultFormat.SIMPLE))
        .isEqualTo("[2,3]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "AAAA", "####", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoCursorIsRefused(String text) {
    assertThatThrownBy(() -> Queries.run("Set.paginate('" + text + "')"))
        .isInstanceOf(QueryFailure.class)
        .hasMessage("Cursor cursor is invalid or expired.");
  }
}
