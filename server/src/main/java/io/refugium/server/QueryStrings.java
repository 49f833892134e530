package io.refugium.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reading of query strings and of the percent-encoding in request targets. */
public final class QueryStrings {

  private QueryStrings() {}

  /**
   * The value of a parameter in a well-formed query string (null: none), decoded; of several values
   * the last.
   */
  static Optional<String> last(String query, String name) {
    if (query == null) {
      return Optional.empty();
    }
    Optional<String> value = Optional.empty();
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (decode(query.substring(start, nameEnd)).equals(name)) {
        value = Optional.of(decode(query.substring(Math.min(nameEnd + 1, end), end)));
      }
      start = end + 1;
    }
    return value;
  }

  /** Decodes {@code +} and well-formed {@code %XX}; bytes that are not UTF-8 become U+FFFD. */
  public static String decode(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0
        ? text
        : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Decodes well-formed {@code %XX} in a path, where {@code +} stands for itself. */
  public static String decodePath(String text) {
    return text.indexOf('%') < 0
        ? text
        : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** True if every {@code %} in a request target is followed by two hexadecimal digits. */
  static boolean wellFormed(String target) {
    for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
      if (at + 2 >= target.length()
          || Character.digit(target.charAt(at + 1), 16) < 0
          || Character.digit(target.charAt(at + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
