package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.integer;
import static io.refugium.fql10.stdlib.Arguments.of;
import static io.refugium.fql10.stdlib.Arguments.text;

import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.model.Value;
import java.util.Locale;

/** Strings (library specification, section 7). Indexes and lengths count code points. */
final class StringLibrary {
  static final Members MEMBERS = declare();

  private StringLibrary() {}

  private static Members declare() {
    Members.Builder members =
        Members.builder()
            .property(
                "length: Int",
                "The number of code points.",
                (context, self) -> of(Strings.length(text(self))));
    basics(members);
    searches(members);
    replacements(members);
    parts(members);
    numbers(members);
    return members.build();
  }

  private static void basics(Members.Builder members) {
    members
        .method(
            "at(index: Int) => String",
            "The character at an index.",
            (c, s, a) -> of(Strings.at(text(s), integer(a[0]))))
        .method(
            "concat(other: String) => String",
            "This text followed by another.",
            (c, s, a) -> of(Strings.join(text(s), text(a[0]))))
        .method(
            "casefold() => String",
            "The text in the form for comparison without case.",
            (c, s, a) -> of(Strings.casefold(text(s), "NFKCCaseFold")))
        .method(
            "casefold(format: String) => String",
            "The text in a Unicode normal form.",
            (c, s, a) -> of(Strings.casefold(text(s), text(a[0]))))
        .method(
            "insert(index: Int, other: String) => String",
            "The text with another one inserted.",
            (c, s, a) -> of(Strings.insert(text(s), integer(a[0]), text(a[1]))))
        .method(
            "toLowerCase() => String",
            "In lower case, whatever the locale.",
            (c, s, a) -> of(text(s).toLowerCase(Locale.ROOT)))
        .method(
            "toUpperCase() => String",
            "In upper case, whatever the locale.",
            (c, s, a) -> of(text(s).toUpperCase(Locale.ROOT)))
        .method("toString() => String", "The text itself.", (c, s, a) -> s);
  }

  private static void searches(Members.Builder members) {
    members
        .method(
            "startsWith(prefix: String) => Boolean",
            "Whether the text begins with another.",
            (c, s, a) -> of(text(s).startsWith(text(a[0]))))
        .method(
            "endsWith(suffix: String) => Boolean",
            "Whether the text ends with another.",
            (c, s, a) -> of(text(s).endsWith(text(a[0]))))
        .method(
            "includes(pattern: String) => Boolean",
            "Whether the text contains another.",
            (c, s, a) -> of(Strings.find(text(s), text(a[0]), 0) >= 0))
        .method(
            "includesRegex(regex: String) => Boolean",
            "Whether a regular expression matches somewhere.",
            (c, s, a) -> of(Patterns.matcher(c, Patterns.compile(text(a[0])), text(s)).find()))
        .method(
            "indexOf(pattern: String) => Int | Null",
            "Where another text first occurs.",
            (c, s, a) -> index(text(s), Strings.find(text(s), text(a[0]), 0)))
        .method(
            "indexOf(pattern: String, start: Int) => Int | Null",
            "Where another text first occurs from an index on.",
            (c, s, a) ->
                index(
                    text(s),
                    Strings.find(text(s), text(a[0]), Strings.offset(text(s), integer(a[1])))))
        .method(
            "indexOfRegex(regex: String) => Int | Null",
            "Where a regular expression first matches.",
            (c, s, a) -> index(text(s), Patterns.find(c, text(s), text(a[0]), 0)))
        .method(
            "indexOfRegex(regex: String, start: Int) => Int | Null",
            "Where a regular expression first matches in the text from an index on.",
            (c, s, a) ->
                index(
                    text(s),
                    Patterns.find(c, text(s), text(a[0]), Strings.offset(text(s), integer(a[1])))))
        .method(
            "lastIndexOf(pattern: String) => Int | Null",
            "Where another text last occurs.",
            (c, s, a) -> index(text(s), Strings.findLast(text(s), text(a[0]), text(s).length())))
        .method(
            "lastIndexOf(pattern: String, end: Int) => Int | Null",
            "Where another text last begins, at or before an index.",
            (c, s, a) ->
                index(
                    text(s),
                    Strings.findLast(text(s), text(a[0]), Strings.offset(text(s), integer(a[1])))))
        .method(
            "matches(regex: String) => Array<String>",
            "The text of every match of a regular expression.",
            (c, s, a) -> of(Patterns.matches(c, text(s), text(a[0]))))
        .method(
            "matchIndexes(regex: String) => Array<[Int, String]>",
            "Index and text of every match of a regular expression.",
            (c, s, a) -> of(Patterns.matchIndexes(c, text(s), text(a[0]))));
  }

  private static void replacements(Members.Builder members) {
    members
        .method(
            "replace(pattern: String, replacement: String) => String",
            "The text with the first occurrence replaced.",
            (c, s, a) ->
                of(Patterns.replace(c, text(s), Patterns.literal(text(a[0])), text(a[1]), 1)))
        .method(
            "replace(pattern: String, replacement: String, amount: Int) => String",
            "The text with the first occurrences replaced.",
            (c, s, a) ->
                of(
                    Patterns.replace(
                        c, text(s), Patterns.literal(text(a[0])), text(a[1]), amount(a[2]))))
        .method(
            "replaceAll(pattern: String, replacement: String) => String",
            "The text with all occurrences replaced.",
            (c, s, a) ->
                of(
                    Patterns.replace(
                        c, text(s), Patterns.literal(text(a[0])), text(a[1]), Integer.MAX_VALUE)))
        .method(
            "replaceRegex(regex: String, replacement: String) => String",
            "The text with the first match replaced.",
            (c, s, a) ->
                of(Patterns.replace(c, text(s), Patterns.compile(text(a[0])), text(a[1]), 1)))
        .method(
            "replaceRegex(regex: String, replacement: String, amount: Int) => String",
            "The text with the first matches replaced.",
            (c, s, a) ->
                of(
                    Patterns.replace(
                        c, text(s), Patterns.compile(text(a[0])), text(a[1]), amount(a[2]))))
        .method(
            "replaceAllRegex(pattern: String, replacement: String) => String",
            "The text with all matches replaced.",
            (c, s, a) ->
                of(
                    Patterns.replace(
                        c, text(s), Patterns.compile(text(a[0])), text(a[1]), Integer.MAX_VALUE)));
  }

  private static void parts(Members.Builder members) {
    members
        .method(
            "slice(start: Int) => String",
            "The text from an index on.",
            (c, s, a) -> of(Strings.slice(text(s), integer(a[0]), Integer.MAX_VALUE)))
        .method(
            "slice(start: Int, end: Int) => String",
            "The text between two indexes.",
            (c, s, a) -> of(Strings.slice(text(s), integer(a[0]), integer(a[1]))))
        .method(
            "split(separator: String) => Array<String>",
            "The pieces between occurrences of a separator.",
            (c, s, a) -> of(Patterns.split(c, text(s), Patterns.literal(text(a[0])))))
        .method(
            "splitRegex(regex: String) => Array<String>",
            "The pieces between matches of a regular expression.",
            (c, s, a) -> of(Patterns.split(c, text(s), Patterns.compile(text(a[0])))))
        .method(
            "splitAt(index: Int) => [String, String]",
            "The text before and from an index.",
            (c, s, a) -> of(Strings.splitAt(text(s), integer(a[0]))));
  }

  private static void numbers(Members.Builder members) {
    members
        .method(
            "parseInt() => Int | Null",
            "The 32-bit integer that the text is.",
            (c, s, a) -> parsed(NumberTexts.parseInt(text(s), 10)))
        .method(
            "parseInt(radix: Int) => Int | Null",
            "The 32-bit integer that the text is in a radix.",
            (c, s, a) -> parsed(NumberTexts.parseInt(text(s), radix(a[0]))))
        .method(
            "parseLong() => Long | Null",
            "The 64-bit integer that the text is.",
            (c, s, a) -> parsed(NumberTexts.parseLong(text(s), 10)))
        .method(
            "parseLong(radix: Int) => Long | Null",
            "The 64-bit integer that the text is in a radix.",
            (c, s, a) -> parsed(NumberTexts.parseLong(text(s), radix(a[0]))))
        .method(
            "parseDouble() => Double | Null",
            "The floating-point number that the text is.",
            (c, s, a) -> parsed(NumberTexts.parseDouble(text(s))))
        .method(
            "parseNumber() => Number | Null",
            "The number that the text is.",
            (c, s, a) -> parsed(NumberTexts.parseNumber(text(s))));
  }

  private static Value index(String text, int offset) {
    return offset < 0 ? Null.of(NullCause.NO_ELEMENT) : of(text.codePointCount(0, offset));
  }

  private static int amount(Value argument) {
    int amount = integer(argument);
    if (amount < 1) {
      throw Errors.invalidArgument("count", "must be greater than or equal to 1");
    }
    return amount;
  }

  private static int radix(Value argument) {
    int radix = integer(argument);
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      throw Errors.invalidArgument("format", "invalid radix, expected a number from 2-36");
    }
    return radix;
  }

  private static Value parsed(Value number) {
    return number == null ? Null.of(NullCause.INVALID_NUMBER) : number;
  }
}
