package io.refugium.fsl;

/** The comments directly above an item, which belong to it (schema specification, section 8.8). */
final class DocComments {
  private DocComments() {}

  /** Where the comment above an item starts; the start of the item if there is none. */
  static int startOf(CharSequence text, int item) {
    String all = text.toString();
    int start = item;
    while (true) {
      int lineStart = all.lastIndexOf('\n', start - 1) + 1;
      if (!all.substring(lineStart, start).isBlank() || lineStart == 0) {
        return start;
      }
      int previous = all.lastIndexOf('\n', lineStart - 2) + 1;
      String line = all.substring(previous, lineStart - 1).strip();
      if (line.startsWith("//")) {
        start = previous + all.substring(previous).indexOf("//");
      } else if (line.endsWith("*/")) {
        int open = all.lastIndexOf("/*", lineStart);
        if (open < 0) {
          return start;
        }
        start = open;
      } else {
        return start;
      }
    }
  }

  /** Where an item ends with the comment that follows it on its last line. */
  static int endOf(String text, int item) {
    int lineEnd = text.indexOf('\n', item);
    String rest = text.substring(item, lineEnd < 0 ? text.length() : lineEnd);
    return rest.strip().startsWith("//") ? item + rest.stripTrailing().length() : item;
  }
}
