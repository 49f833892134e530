package io.refugium.model;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RawCollationKey;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of strings in indexes and comparisons: ICU root collation at tertiary strength, ties
 * broken by UTF-8 bytes (spec: fql4 8.1).
 *
 * <p>A strict prefix sorts first, with one exception that no total order can avoid: scripts that
 * write a vowel before the consonant it follows (Thai, Lao and their relatives) are collated in the
 * order of speech, where a prefix of the writing is no prefix.
 *
 * <p>Thread-safe.
 */
final class Collation {
  /** A frozen collator serialises its callers, so there are a few of them. */
  private static final List<RuleBasedCollator> COLLATORS =
      IntStream.range(0, 8).mapToObj(_ -> rootCollator()).toList();

  private static final int ASCII = 128;

  /** Classes of ASCII characters that differ at the primary level, in their order; 0: ignorable. */
  private static final int[] PRIMARY = asciiRanks(Collator.PRIMARY);

  /** The same at the tertiary level. */
  private static final int[] TERTIARY = asciiRanks(Collator.TERTIARY);

  private Collation() {}

  /** Negative, zero or positive; zero only for equal strings. */
  static int compare(String left, String right) {
    int order =
        isAscii(left) && isAscii(right)
            ? compareAscii(left, right)
            : collator().compare(left, right);
    return order != 0 ? order : Utf8.compare(left, right);
  }

  /**
   * Bytes whose unsigned order is that of the collation; equal for strings that only their UTF-8
   * tells apart. Zero bytes do not occur but at the end, where there is always one.
   */
  static RawCollationKey key(String text) {
    return collator().getRawCollationKey(text, null);
  }

  private static RuleBasedCollator collator() {
    int stripe = (int) (Thread.currentThread().threadId() % COLLATORS.size());
    return COLLATORS.get(stripe);
  }

  /**
   * Sound because in the root collation no sequence of ASCII characters sorts otherwise than its
   * characters one by one, level by level, and none of them differ at the secondary level only.
   */
  private static int compareAscii(String left, String right) {
    int primary = compareLevel(PRIMARY, left, right);
    return primary != 0 ? primary : compareLevel(TERTIARY, left, right);
  }

  private static int compareLevel(int[] ranks, String left, String right) {
    int i = 0;
    int j = 0;
    while (true) {
      int a = 0;
      int b = 0;
      while (a == 0 && i < left.length()) {
        a = ranks[left.charAt(i++)];
      }
      while (b == 0 && j < right.length()) {
        b = ranks[right.charAt(j++)];
      }
      if (a != b) {
        return Integer.compare(a, b);
      }
      if (a == 0) {
        return 0;
      }
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII) {
        return false;
      }
    }
    return true;
  }

  private static RuleBasedCollator rootCollator() {
    RuleBasedCollator collator =
        ((RuleBasedCollator) Collator.getInstance(ULocale.ROOT)).cloneAsThawed();
    collator.setStrength(Collator.TERTIARY);
    return (RuleBasedCollator) collator.freeze();
  }

  private static int[] asciiRanks(int strength) {
    RuleBasedCollator collator = rootCollator().cloneAsThawed();
    collator.setStrength(strength);
    List<String> characters =
        IntStream.range(0, ASCII)
            .mapToObj(Character::toString)
            .sorted((Comparator<Object>) collator)
            .toList();
    int[] ranks = new int[ASCII];
    int rank = 0;
    String previous = "";
    for (String character : characters) {
      rank += collator.compare(previous, character) == 0 ? 0 : 1;
      ranks[character.charAt(0)] = rank;
      previous = character;
    }
    return ranks;
  }
}
