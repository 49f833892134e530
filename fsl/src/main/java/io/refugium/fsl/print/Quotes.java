package io.refugium.fsl.print;

import io.refugium.fql10.syntax.Keywords;

/** Strings and names as canonical text shows them (schema specification, section 8.7). */
public final class Quotes {
  private Quotes() {}

  /** A string in double quotes. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  /** The inside of {@link #quote}. */
  static String inner(String text) {
    String quoted = quote(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** A name, quoted unless it is an identifier. */
  public static String name(String name) {
    return Keywords.isIdentifier(name) && !Keywords.isReserved(name) ? name : quote(name);
  }

  /** A key of an object, quoted unless it is an identifier. */
  static String key(String key) {
    return Keywords.isIdentifier(key) ? key : quote(key);
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '\\' -> out.append("\\\\");
      case '"' -> out.append("\\\"");
      case '#' -> out.append("\\#");
      case 0 -> out.append("\\0");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (isDisplayed(point)) {
          out.appendCodePoint(point);
        } else if (point <= 0xffff) {
          out.append("\\u%04x".formatted(point));
        } else {
          out.append("\\u{%06x}".formatted(point));
        }
      }
    }
  }

  private static boolean isDisplayed(int point) {
    return point >= ' '
        && point != 0x7f
        && !(point >= 0x2000 && point <= 0x200f)
        && !(point >= 0x2028 && point <= 0x202f)
        && !(point >= 0x2060 && point <= 0x206f)
        && point != 0xfeff
        && !(point >= 0xfff0 && point <= 0xffff);
  }
}
