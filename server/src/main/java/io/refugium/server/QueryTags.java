package io.refugium.server;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tags that a client gives a query: checked, and told back in reverse order (spec: HTTP surface
 * 4.3).
 */
final class QueryTags {

  private static final int MAX_LENGTH = 3000;
  private static final int MAX_TAGS = 25;
  private static final int MAX_KEY = 40;
  private static final int MAX_VALUE = 80;
  // Possessive: tags are checked before the secret is, so matching must be linear.
  private static final Pattern SYNTAX = Pattern.compile("\\w++=\\w++(?:,\\w++=\\w++)*+");

  private QueryTags() {}

  /** The tags in the order in which they are told back; empty if there are none. */
  static String reversed(Request request, String name) throws InvalidHeader {
    String text = request.header(name);
    if (text == null || text.isEmpty()) {
      return "";
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidHeader(name, "header is too long");
    }
    if (!SYNTAX.matcher(text).matches()) {
      throw new InvalidHeader(name, "invalid tags");
    }
    List<String> reversed = List.of(text.split(",")).reversed();
    if (reversed.size() > MAX_TAGS) {
      throw new InvalidHeader(name, "too many tags");
    }
    var keys = new HashSet<String>();
    for (String tag : reversed) {
      int equals = tag.indexOf('=');
      if (equals > MAX_KEY) {
        throw new InvalidHeader(name, "invalid key");
      }
      if (tag.length() - equals - 1 > MAX_VALUE) {
        throw new InvalidHeader(name, "invalid value");
      }
      if (!keys.add(tag.substring(0, equals))) {
        throw new InvalidHeader(name, "duplicate key");
      }
    }
    return String.join(",", reversed);
  }
}
