package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** A search gives what the library's own gives, but never takes hours. */
class TextSearchTest {
  @Property
  void findsWhatTheLibraryFinds(
      @ForAll @Chars({'a', 'b'}) @StringLength(max = 24) String pattern,
      @ForAll @IntRange(min = 1, max = 3) int copies,
      @ForAll @Chars({'a', 'b'}) @StringLength(max = 20) String before,
      @ForAll @Chars({'a', 'b'}) @StringLength(max = 20) String between,
      @ForAll @IntRange(min = -2, max = 60) int from) {
    String wanted = pattern.repeat(copies);
    for (String text :
        new String[] {
          before + between, before + wanted + between + wanted, wanted + wanted, pattern + wanted
        }) {
      TextSearch search = new TextSearch(wanted);
      assertThat(search.in(text, from)).isEqualTo(text.indexOf(wanted, from));
      assertThat(search.lastIn(text, from)).isEqualTo(text.lastIndexOf(wanted, from));
      assertThat(search.replaceAll(text, "-")).isEqualTo(text.replace(wanted, "-"));
      if (!wanted.isEmpty()) {
        int removed = text.length() - text.replace(wanted, "").length();
        assertThat(search.count(text)).isEqualTo(removed / wanted.length());
      }
    }
  }

  @Test
  void theEmptyTextIsEverywhere() {
    TextSearch nothing = new TextSearch("");
    assertThat(nothing.in("ab", 1)).isEqualTo(1);
    assertThat(nothing.count("ab")).isEqualTo(3);
    assertThat(nothing.replaceAll("ab", "-")).isEqualTo("-a-b-");
  }

  @Test
  void longTextsThatAlmostMatchEverywhereEnd() {
    String text = "a".repeat(4_000_000);
    TextSearch search = new TextSearch("a".repeat(2_000_000) + "b");
    assertThat(search.in(text, 0)).isEqualTo(-1);
    assertThat(search.lastIn(text, text.length())).isEqualTo(-1);
  }
}
