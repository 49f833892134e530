package io.refugium.fql10.stdlib;

import com.ibm.icu.text.Normalizer2;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Limits;
import io.refugium.model.TextSearch;
import io.refugium.model.Value;
import java.util.List;

/** Operations on strings by code points. */
final class Strings {
  private Strings() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static String at(String text, int index) {
    int offset = offset(text, index);
    return text.substring(offset, text.offsetByCodePoints(offset, 1));
  }

  /** The UTF-16 offset of an index that must be in {@code 0..length-1}. */
  static int offset(String text, int index) {
    int length = length(text);
    if (index < 0 || index >= length) {
      throw Errors.indexOutOfBounds(index, length);
    }
    return text.offsetByCodePoints(0, index);
  }

  /** The UTF-16 offset of an index that must be in {@code 0..length}. */
  private static int offsetOrEnd(String text, int index) {
    return index == length(text) ? text.length() : offset(text, index);
  }

  static String join(String text, String other) {
    checkLength((long) text.length() + other.length());
    return text + other;
  }

  static void checkLength(long length) {
    if (length > Limits.MAX_STRING_LENGTH) {
      throw Errors.stringTooLong(length);
    }
  }

  static String insert(String text, int index, String other) {
    int offset = offsetOrEnd(text, index);
    checkLength((long) text.length() + other.length());
    return text.substring(0, offset) + other + text.substring(offset);
  }

  /** Where a text occurs first from an offset on, in code units; -1 when it does not. */
  static int find(String text, String wanted, int from) {
    return new TextSearch(wanted).in(text, from);
  }

  /** Where a text occurs last, beginning at or before an offset; -1 when it does not. */
  static int findLast(String text, String wanted, int from) {
    return new TextSearch(wanted).lastIn(text, from);
  }

  static List<Value> splitAt(String text, int index) {
    int offset = offsetOrEnd(text, index);
    return List.of(Arguments.of(text.substring(0, offset)), Arguments.of(text.substring(offset)));
  }

  static String slice(String text, int start, int end) {
    int length = length(text);
    int from = Math.clamp(start, 0, length);
    int to = Math.clamp(end, 0, length);
    if (from >= to) {
      return "";
    }
    int offset = text.offsetByCodePoints(0, from);
    return text.substring(offset, text.offsetByCodePoints(offset, to - from));
  }

  static String casefold(String text, String format) {
    Normalizer2 normalizer =
        switch (format) {
          case "NFKCCaseFold" -> Normalizer2.getNFKCCasefoldInstance();
          case "NFC" -> Normalizer2.getNFCInstance();
          case "NFD" -> Normalizer2.getNFDInstance();
          case "NFKC" -> Normalizer2.getNFKCInstance();
          case "NFKD" -> Normalizer2.getNFKDInstance();
          default ->
              throw Errors.invalidArgument(
                  "format",
                  "expected a casefold format (one of NFKCCaseFold, NFC, NFD, NFKC, or NFKD)");
        };
    return normalizer.normalize(text);
  }
}
