package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.INTEGER;
import static io.refugium.fql4.language.Kind.SCALAR;
import static io.refugium.fql4.language.Kind.STRING;
import static io.refugium.fql4.language.Kind.zeroOrMore;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Failures;
import io.refugium.fql4.language.Fql4Error;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Limits;
import io.refugium.fql4.language.Place;
import io.refugium.fql4.language.Types;
import io.refugium.model.ArrayValue;
import io.refugium.model.Casefold;
import io.refugium.model.StringValue;
import io.refugium.model.TextSearch;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Strings, counted in code points (spec: FQL v4, 6.8). Patterns are in {@link RegexFunctions},
 * {@code format} in {@link FormatFunction}.
 */
final class StringFunctions {
  private static final String NORMALIZERS =
      "String 'NFKCCaseFold', 'NFC', 'NFD', 'NFKC', or 'NFKD'";
  private static final long DEFAULT_MIN_NGRAM = 1;
  private static final long DEFAULT_MAX_NGRAM = 2;

  private StringFunctions() {}

  static void define(Library library) {
    library
        .define("concat", zeroOrMore(STRING))
        .optional("separator", STRING)
        .as(StringFunctions::concat);
    library
        .define("casefold", zeroOrMore(SCALAR))
        .optional("normalizer", StringFunctions::normalizer)
        .as(StringFunctions::casefold);
    library
        .define("containsstr", STRING)
        .with("search", STRING)
        .as(call -> Call.of(new TextSearch(call.string(1)).in(call.string(0), 0) >= 0));
    library
        .define("startswith", STRING)
        .with("search", STRING)
        .as(call -> Call.of(call.string(0).startsWith(call.string(1))));
    library
        .define("endswith", STRING)
        .with("search", STRING)
        .as(call -> Call.of(call.string(0).endsWith(call.string(1))));
    library
        .define("findstr", STRING)
        .with("find", STRING)
        .optional("start", INTEGER)
        .as(StringFunctions::find);
    library.define("length", STRING).as(call -> Call.of(codePoints(call.string(0))));
    library
        .define("lowercase", STRING)
        .as(call -> Call.of(call.string(0).toLowerCase(Locale.ROOT)));
    library
        .define("uppercase", STRING)
        .as(call -> Call.of(call.string(0).toUpperCase(Locale.ROOT)));
    library
        .define("titlecase", STRING)
        .as(
            call ->
                Call.of(
                    UCharacter.toTitleCase(
                        ULocale.ROOT,
                        call.string(0),
                        BreakIterator.getWordInstance(ULocale.ROOT))));
    library.define("trim", STRING).as(call -> Call.of(trimmed(call.string(0), true, true)));
    library.define("ltrim", STRING).as(call -> Call.of(trimmed(call.string(0), true, false)));
    library.define("rtrim", STRING).as(call -> Call.of(trimmed(call.string(0), false, true)));
    library
        .define("ngram", zeroOrMore(SCALAR))
        .optional("min", INTEGER)
        .optional("max", INTEGER)
        .as(StringFunctions::ngram);
    library.define("repeat", STRING).optional("number", INTEGER).as(StringFunctions::repeat);
    library
        .define("replacestr", STRING)
        .with("find", STRING)
        .with("replace", STRING)
        .as(StringFunctions::replace);
    library.define("space", INTEGER).as(call -> Call.of(" ".repeat(repetitions(call.integer(0)))));
    library
        .define("substring", STRING)
        .optional("start", INTEGER)
        .optional("length", INTEGER)
        .as(StringFunctions::substring);
  }

  /** Refuses to build a string of so many characters when they are too many. */
  static void requireLength(Call call, long length) {
    if (length > Limits.STRING_LENGTH) {
      throw Errors.outOfBounds(call.position(), "result length", "<= " + Limits.STRING_LENGTH);
    }
  }

  private static Value concat(Call call) {
    String separator = call.string(1, "");
    List<String> texts = call.list(0).stream().map(StringFunctions::text).toList();
    long length = (long) separator.length() * texts.size();
    for (String text : texts) {
      length += text.length();
    }
    requireLength(call, length);
    return Call.of(String.join(separator, texts));
  }

  private static String text(Value value) {
    return ((StringValue) value).value();
  }

  static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  // ---- Normal forms

  private static Value normalizer(Value value, Place place) {
    if (value instanceof StringValue name && normalizerOf(name.value()) != null) {
      return value;
    }
    throw Errors.wrongKind(place.position(), NORMALIZERS, Types.nameOf(value));
  }

  private static UnaryOperator<String> normalizerOf(String name) {
    return switch (name) {
      case "NFKCCaseFold" -> Casefold::nfkc;
      case "NFC" -> Normalizer2.getNFCInstance()::normalize;
      case "NFD" -> Normalizer2.getNFDInstance()::normalize;
      case "NFKC" -> Normalizer2.getNFKCInstance()::normalize;
      case "NFKD" -> Normalizer2.getNFKDInstance()::normalize;
      default -> null;
    };
  }

  private static Value casefold(Call call) {
    UnaryOperator<String> normalizer = normalizerOf(call.string(1, "NFKCCaseFold"));
    List<Value> results = new ArrayList<>();
    for (Value value : call.list(0)) {
      results.add(
          value instanceof StringValue text
              ? new StringValue(normalizer.apply(text.value()))
              : value);
    }
    return results.size() == 1 ? results.getFirst() : new ArrayValue(results);
  }

  // ---- Searching and cutting

  /** Where a search begins, in code units: a start at or beyond the end counts as 0. */
  static int startOf(String text, long start) {
    return start <= 0 || start >= text.length()
        ? 0
        : text.offsetByCodePoints(0, (int) Math.min(start, codePoints(text)));
  }

  private static Value find(Call call) {
    String text = call.string(0);
    int found = new TextSearch(call.string(1)).in(text, startOf(text, call.integer(2, 0)));
    return Call.of(found < 0 ? -1 : text.codePointCount(0, found));
  }

  private static Value replace(Call call) {
    String text = call.string(0);
    String replaced = call.string(1);
    TextSearch search = new TextSearch(replaced);
    long growth = (long) call.string(2).length() - replaced.length();
    requireLength(call, text.length() + search.count(text) * growth);
    return Call.of(search.replaceAll(text, call.string(2)));
  }

  private static Value substring(Call call) {
    String text = call.string(0);
    int size = codePoints(text);
    long start = call.integer(1, 0);
    long from = start < 0 ? size + start : start;
    if (from < 0 || from > size) {
      throw Errors.outOfBounds(call.position(), "start", "less than or equal to the string length");
    }
    long length = call.integer(2, size);
    if (length < 0) {
      throw Errors.outOfBounds(call.position(), "length", "positive");
    }
    int begin = text.offsetByCodePoints(0, (int) from);
    int end = text.offsetByCodePoints(begin, (int) Math.min(length, size - from));
    return Call.of(text.substring(begin, end));
  }

  // ---- Copies

  private static int repetitions(long wanted) {
    return (int) Math.max(0, Math.min(wanted, Limits.STRING_REPETITIONS));
  }

  private static Value repeat(Call call) {
    int copies = repetitions(call.integer(1, 2));
    requireLength(call, (long) call.string(0).length() * copies);
    return Call.of(call.string(0).repeat(copies));
  }

  private static Value ngram(Call call) {
    requireBounds(call);
    long min = call.integer(1, DEFAULT_MIN_NGRAM);
    long max = call.integer(2, DEFAULT_MAX_NGRAM);
    List<Value> grams = new ArrayList<>();
    long length = 0;
    for (Value value : call.list(0)) {
      if (value instanceof StringValue(String text)) {
        length += gramsLength(text.length(), min, max);
        requireLength(call, length);
        addGrams(text, min, max, grams);
      } else {
        grams.add(value);
      }
    }
    return new ArrayValue(grams);
  }

  /** The length of all grams together. */
  private static long gramsLength(long length, long min, long max) {
    long sum = 0;
    for (long size = min; size <= max && size <= length; size++) {
      sum += (length - size + 1) * size;
    }
    return sum;
  }

  /** By position, then by length. */
  private static void addGrams(String text, long min, long max, List<Value> grams) {
    int[] points = text.codePoints().toArray();
    for (int from = 0; from < points.length; from++) {
      for (long size = min; size <= max && size <= points.length - from; size++) {
        grams.add(new StringValue(new String(points, from, (int) size)));
      }
    }
  }

  /**
   * Everything that is wrong with the sizes is reported; the words depend on which of them were
   * given.
   */
  private static void requireBounds(Call call) {
    long min = call.integer(1, DEFAULT_MIN_NGRAM);
    long max = call.integer(2, DEFAULT_MAX_NGRAM);
    List<Fql4Error> errors = new ArrayList<>();
    if (call.has(1)) {
      require(min > 0 && min <= max, "min ngram size", "> 0 and <= max", call, errors);
    }
    if (call.has(2)) {
      boolean alone = !call.has(1);
      require(
          max > 0 && (!alone || max >= min),
          "max ngram size",
          alone ? "> 0 and >= min" : "> 0",
          call,
          errors);
      require(max <= min + 1, "max ngram size", "<= min + 1", call, errors);
    } else if (call.has(1)) {
      require(min >= max - 1, "min ngram size", ">= max - 1", call, errors);
    }
    Failures.throwIfAny(errors);
  }

  private static void require(
      boolean holds, String what, String rule, Call call, List<Fql4Error> errors) {
    if (!holds) {
      errors.addAll(Errors.outOfBounds(call.position(), what, rule).errors());
    }
  }

  /** The string without white space at its beginning or end. */
  private static String trimmed(String text, boolean atStart, boolean atEnd) {
    int from = 0;
    int to = text.length();
    while (atStart && from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (atEnd && from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Java's white space and NEXT LINE; no blank lies outside of the basic plane. */
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || c == '\u0085';
  }
}
