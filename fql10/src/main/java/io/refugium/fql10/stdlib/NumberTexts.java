package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Numbers;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;

/** Reads numbers from text; Java's {@code null} where the text is none. */
final class NumberTexts {
  private NumberTexts() {}

  static Value parseInt(String text, int radix) {
    Long number = Numbers.parse(text, radix);
    return number != null && (int) (long) number == number ? new LongValue(number) : null;
  }

  static Value parseLong(String text, int radix) {
    Long number = Numbers.parse(text, radix);
    return number == null ? null : Numbers.longTyped(number);
  }

  static Value parseDouble(String text) {
    try {
      return new DoubleValue(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static Value parseNumber(String text) {
    Value integer = parseInt(text, 10);
    if (integer == null) {
      integer = parseLong(text, 10);
    }
    return integer == null ? parseDouble(text) : integer;
  }
}
