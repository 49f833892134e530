package io.refugium.fsl;

/** The comments directly above an item, which belong to it (schema specification, section 8.8). */
final class DocComments {
  private DocComments() {}

  /** Where the comments before an item start; the start of the item if there are none. */
  static int startOf(CharSequence text, int item) {
    String all = text.toString();
    int start = item;
    while (true) {
      int before = startOfOne(all, start);
      if (before < 0) {
        return start;
      }
      start = before;
    }
  }

  /** Where the comment that ends just before {@code start}, or on the line above it, begins. */
  private static int startOfOne(String text, int start) {
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    String line = text.substring(lineStart, start);
    int end = start;
    if (line.isBlank()) {
      if (lineStart == 0) {
        return -1;
      }
      end = lineStart - 1;
      lineStart = text.lastIndexOf('\n', end - 1) + 1;
      line = text.substring(lineStart, end);
      if (line.strip().startsWith("//")) {
        return lineStart + line.indexOf("//");
      }
    }
    if (!line.stripTrailing().endsWith("*/")) {
      return -1;
    }
    int open = opening(text, lineStart + line.stripTrailing().length());
    String before = text.substring(text.lastIndexOf('\n', open - 1) + 1, Math.max(open, 0)).strip();
    boolean behindOther = end < start && !before.isEmpty() && !before.endsWith("*/");
    return behindOther ? -1 : open;
  }

  /** Where the block comment that ends at {@code end} is opened; comments nest. */
  private static int opening(String text, int end) {
    int depth = 0;
    for (int at = end - 2; at >= 0; at--) {
      if (text.startsWith("*/", at)) {
        depth++;
        at--;
      } else if (text.startsWith("/*", at)) {
        depth--;
        at--;
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }

  /** Where an item ends with the comment that follows it on its last line. */
  static int endOf(String text, int item) {
    int lineEnd = text.indexOf('\n', item);
    String rest = text.substring(item, lineEnd < 0 ? text.length() : lineEnd);
    return rest.strip().startsWith("//") ? item + rest.stripTrailing().length() : item;
  }
}
