package io.refugium.access.secret;

import java.util.List;

/**
 * A secret and the scope that may follow it after a colon (spec access 2.4).
 *
 * <p>Three outcomes, easily confused: a scope that is understood; text that is no scope at all,
 * which is ignored; and a recognised target with something behind it, which makes the whole text
 * unusable. Text in front of a second colon is always a path, even when it spells a target.
 *
 * @param secret the text before the first colon
 * @param scope what is asked for, or null when nothing (recognisable) is
 */
public record ScopedSecret(String secret, Scope scope) {
  private static final String STRUCTURE = ",()&=:";

  /** The secret and scope in this text, or null when it cannot be used. Never throws. */
  public static ScopedSecret parse(String text) {
    int colon = text.indexOf(':');
    String secret = colon < 0 ? text : text.substring(0, colon);
    if (!isSecret(secret)) {
      return null;
    }
    return colon < 0 ? new ScopedSecret(secret, null) : new Reader(text, colon + 1).scoped(secret);
  }

  private static boolean isSecret(String text) {
    return !text.isEmpty() && text.indexOf('/') < 0 && segmentEnd(text, 0) == text.length();
  }

  /** The end of the longest run of characters that have no meaning in the grammar. */
  private static int segmentEnd(String text, int from) {
    int end = from;
    while (end < text.length() && STRUCTURE.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "ScopedSecret[" + scope + "]";
  }

  /** Reads the text behind the first colon, once, from left to right. */
  private static final class Reader {
    private final String text;
    private int position;

    Reader(String text, int position) {
      this.text = text;
      this.position = position;
    }

    ScopedSecret scoped(String secret) {
      List<String> path = path();
      Scope.Target target = target();
      if (target == null) {
        return new ScopedSecret(secret, null);
      }
      return position == text.length() ? new ScopedSecret(secret, new Scope(path, target)) : null;
    }

    /** Everything up to a second colon, when there is one after at least one ordinary character. */
    private List<String> path() {
      int end = segmentEnd(text, position);
      if (end == position || end == text.length() || text.charAt(end) != ':') {
        return List.of();
      }
      List<String> path = List.of(text.substring(position, end).split("/", -1));
      position = end + 1;
      return path;
    }

    private Scope.Target target() {
      if (skip("admin")) {
        return Scope.BuiltIn.ADMIN;
      }
      if (skip("server-readonly")) {
        return Scope.BuiltIn.SERVER_READONLY;
      }
      if (skip("server")) {
        return Scope.BuiltIn.SERVER;
      }
      if (skip("client")) {
        return Scope.BuiltIn.CLIENT;
      }
      if (text.startsWith("@role/", position)) {
        String name = segmentAfter("@role/");
        return name == null ? null : new Scope.Role(name);
      }
      for (String spelling : List.of("@doc/", "collections/", "classes/")) {
        if (text.startsWith(spelling, position)) {
          return doc(segmentAfter(spelling));
        }
      }
      return null;
    }

    private static Scope.Target doc(String segment) {
      if (segment == null) {
        return null;
      }
      int slash = segment.lastIndexOf('/');
      return slash < 0
          ? new Scope.Doc(null, segment)
          : new Scope.Doc(segment.substring(0, slash), segment.substring(slash + 1));
    }

    private String segmentAfter(String prefix) {
      int start = position + prefix.length();
      int end = segmentEnd(text, start);
      if (end == start) {
        return null;
      }
      position = end;
      return text.substring(start, end);
    }

    private boolean skip(String word) {
      boolean found = text.startsWith(word, position);
      if (found) {
        position += word.length();
      }
      return found;
    }
  }
}
