package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.BOOLEAN;
import static io.refugium.fql4.language.Kind.INTEGER;
import static io.refugium.fql4.language.Kind.STRING;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.model.WatchedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Searching by regular expressions of Java's syntax (spec: FQL v4, 6.8). */
final class RegexFunctions {
  private RegexFunctions() {}

  static void define(Library library) {
    library
        .define("containsstrregex", STRING)
        .with("pattern", STRING)
        .as(call -> withinTheStack(call, () -> Call.of(matcher(call, call.string(0)).find())));
    library.define("regexescape", STRING).as(call -> Call.of(Pattern.quote(call.string(0))));
    library
        .define("findstrregex", STRING)
        .with("pattern", STRING)
        .optional("start", INTEGER)
        .optional("num_results", INTEGER)
        .as(call -> withinTheStack(call, () -> find(call)));
    library
        .define("replacestrregex", STRING)
        .with("pattern", STRING)
        .with("replace", STRING)
        .optional("first", BOOLEAN)
        .as(call -> withinTheStack(call, () -> replace(call)));
  }

  /**
   * Runs something that compiles or tries a pattern. Java's engine descends into some repetitions
   * with the text; it keeps nothing outside of its matcher, so that nothing is left half done.
   */
  private static Value withinTheStack(Call call, Supplier<Value> body) {
    try {
      return body.get();
    } catch (StackOverflowError _) {
      throw Errors.stackOverflow(call.position(), Limits.CALL_DEPTH);
    }
  }

  private static Matcher matcher(Call call, String text) {
    try {
      return Pattern.compile(call.string(1))
          .matcher(new WatchedText(text, call.evaluation()::checkDeadline));
    } catch (PatternSyntaxException _) {
      throw Errors.badPattern(call.position(1), call.string(1));
    }
  }

  /** The search runs in the rest of the string, so that {@code ^} matches where it begins. */
  private static Value find(Call call) {
    String text = call.string(0);
    int offset = StringFunctions.startOf(text, call.integer(2, 0));
    String rest = text.substring(offset);
    int skipped = text.codePointCount(0, offset);
    long most = Math.min(call.integer(3, Limits.STRING_REPETITIONS), Limits.STRING_REPETITIONS);
    Matcher matcher = matcher(call, rest);
    List<Value> results = new ArrayList<>();
    while (results.size() < most && matcher.find()) {
      int start = skipped + rest.codePointCount(0, matcher.start());
      int size = rest.codePointCount(matcher.start(), matcher.end());
      results.add(
          ObjectValue.builder()
              .put("start", new LongValue(start))
              .put("end", new LongValue(start + Math.max(0, size - 1)))
              .put("data", new StringValue(matcher.group()))
              .build());
    }
    return new ArrayValue(results);
  }

  private static Value replace(Call call) {
    Matcher matcher = matcher(call, call.string(0));
    try {
      StringBuilder result = new StringBuilder();
      boolean first = call.bool(3, false);
      while (matcher.find()) {
        matcher.appendReplacement(result, call.string(2));
        StringFunctions.requireLength(call, result.length());
        if (first) {
          break;
        }
      }
      return Call.of(matcher.appendTail(result).toString());
    } catch (IndexOutOfBoundsException | IllegalArgumentException badReference) {
      throw Errors.badReplacement(call.position(2), badReference.getMessage());
    }
  }
}
