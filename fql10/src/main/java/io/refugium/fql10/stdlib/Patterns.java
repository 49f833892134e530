package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import io.refugium.model.WatchedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions (library specification, section 7). Replacing and splitting search again in
 * the text that remains after a match, so {@code ^} matches at every restart.
 */
final class Patterns {
  private Patterns() {}

  static Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      int index = Math.clamp(e.getIndex(), 0, regex.length());
      throw Errors.invalidRegex(e.getDescription(), regex.codePointCount(0, index));
    }
  }

  /** A matcher that stops when the query has run out of time. */
  static Matcher matcher(Call call, Pattern pattern, String text) {
    return pattern.matcher(new WatchedText(text, call.context().environment()::checkDeadline));
  }

  static Pattern literal(String text) {
    return Pattern.compile(text, Pattern.LITERAL);
  }

  /** The offset of the first match in the text from {@code start} on, or -1. */
  static int find(Call call, String text, String regex, int start) {
    Matcher matcher = matcher(call, compile(regex), text).region(start, text.length());
    return matcher.find() ? matcher.start() : -1;
  }

  static List<Value> matches(Call call, String text, String regex) {
    List<Value> matches = new ArrayList<>();
    Matcher matcher = matcher(call, compile(regex), text);
    while (matcher.find()) {
      matches.add(Arguments.of(matcher.group()));
    }
    return matches;
  }

  static List<Value> matchIndexes(Call call, String text, String regex) {
    List<Value> matches = new ArrayList<>();
    Matcher matcher = matcher(call, compile(regex), text);
    int index = 0;
    int offset = 0;
    while (matcher.find()) {
      index += text.codePointCount(offset, matcher.start());
      offset = matcher.start();
      matches.add(ArrayValue.of(Arguments.of(index), Arguments.of(matcher.group())));
    }
    return matches;
  }

  /**
   * Replaces up to {@code amount} matches by a literal text. An empty match does not advance: it
   * inserts the replacement again and again, up to the amount or the limit of the length.
   */
  static String replace(Call call, String text, Pattern pattern, String replacement, int amount) {
    StringBuilder result = new StringBuilder();
    int from = 0;
    Matcher matcher = matcher(call, pattern, text);
    for (int count = 0; count < amount; count++) {
      matcher.region(from, text.length());
      if (!matcher.find()) {
        break;
      }
      if (matcher.end() == from) {
        // It will match here for ever: the rest is known.
        int repetitions = amount - count;
        checkSize(result, (long) repetitions * replacement.length(), text.length() - from);
        result.repeat(replacement, repetitions);
        break;
      }
      result.append(text, from, matcher.start()).append(replacement);
      from = matcher.end();
      checkSize(result, 0, text.length() - from);
    }
    return result.append(text, from, text.length()).toString();
  }

  // Text that grows without end is reported as one unit over the limit.
  private static void checkSize(StringBuilder result, long added, int rest) {
    if (result.length() + added + rest > Limits.MAX_STRING_LENGTH) {
      throw Errors.stringTooLong(Limits.MAX_STRING_LENGTH + 1L);
    }
  }

  /** The pieces between matches; see the specification for matches of the empty text. */
  static List<Value> split(Call call, String text, Pattern pattern) {
    List<Value> pieces = new ArrayList<>();
    int from = 0;
    Matcher matcher = matcher(call, pattern, text);
    while (matcher.region(from, text.length()).find()) {
      if (matcher.start() == matcher.end()) {
        if (from == text.length()) {
          break;
        }
        pieces.add(Arguments.of(text.substring(from, from + 1)));
        from++;
        if (text.length() - from == 1) {
          break;
        }
      } else {
        pieces.add(Arguments.of(text.substring(from, matcher.start())));
        from = matcher.end();
      }
    }
    pieces.add(Arguments.of(text.substring(from)));
    return pieces;
  }
}
