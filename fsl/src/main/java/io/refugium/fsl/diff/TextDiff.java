package io.refugium.fsl.diff;

import io.refugium.fsl.diff.Paint.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How two sets of files differ, line by line (schema specification, section 9.2). */
public final class TextDiff {
  private static final int CONTEXT = 3;

  /** So many lines without a change end a hunk. */
  private static final int GAP = 7;

  /** Beyond so many pairs of lines to compare, a changed stretch is replaced as a whole. */
  private static final long MOST_PAIRS = 4_000_000;

  private final List<Line> lines = new ArrayList<>();
  private final List<String> before;
  private final List<String> after;

  /**
   * A line of the old file, the new file or both.
   *
   * @param next how many lines of the new file come before or are this one
   */
  private record Line(Style style, String text, int next) {
    boolean isContext() {
      return style == Style.PLAIN;
    }
  }

  private TextDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    compare();
  }

  /** The differences of all files, by name; empty if there are none. */
  public static String between(
      Map<String, String> before, Map<String, String> after, boolean coloured) {
    Paint out = new Paint(coloured);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    boolean first = true;
    for (String name : names) {
      String old = before.getOrDefault(name, "");
      String now = after.getOrDefault(name, "");
      if (!old.equals(now)) {
        out.plain(first ? "" : "\n").line(Style.FILE, name);
        new TextDiff(split(old), split(now)).print(out);
        first = false;
      }
    }
    return out.toString();
  }

  private static List<String> split(String text) {
    return text.lines().toList();
  }

  // --- comparing ------------------------------------------------------------------------------

  private void compare() {
    int start = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int common = 0;
    while (common < shorter - start
        && before.get(before.size() - 1 - common).equals(after.get(after.size() - 1 - common))) {
      common++;
    }
    for (int i = 0; i < start; i++) {
      lines.add(new Line(Style.PLAIN, after.get(i), i + 1));
    }
    middle(start, before.size() - common, after.size() - common);
    for (int i = after.size() - common; i < after.size(); i++) {
      lines.add(new Line(Style.PLAIN, after.get(i), i + 1));
    }
  }

  /** Compares what lies between common beginnings and endings by longest common subsequence. */
  private void middle(int start, int oldEnd, int newEnd) {
    int rows = oldEnd - start;
    int columns = newEnd - start;
    int[][] lengths =
        (long) rows * columns > MOST_PAIRS ? null : commonLengths(start, rows, columns);
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      boolean same =
          lengths != null
              && i < rows
              && j < columns
              && before.get(start + i).equals(after.get(start + j));
      if (same) {
        lines.add(new Line(Style.PLAIN, after.get(start + j), start + j + 1));
        i++;
        j++;
      } else if (i < rows
          && (j == columns || lengths == null || lengths[i + 1][j] >= lengths[i][j + 1])) {
        lines.add(new Line(Style.REMOVED, before.get(start + i), start + j));
        i++;
      } else {
        lines.add(new Line(Style.ADDED, after.get(start + j), start + j + 1));
        j++;
      }
    }
  }

  private int[][] commonLengths(int start, int rows, int columns) {
    int[][] lengths = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        lengths[i][j] =
            before.get(start + i).equals(after.get(start + j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  // --- printing -------------------------------------------------------------------------------

  private void print(Paint out) {
    int at = nextChange(0);
    while (at < lines.size()) {
      int last = at;
      int next = nextChange(at + 1);
      while (next < lines.size() && next - last <= GAP) {
        last = next;
        next = nextChange(next + 1);
      }
      hunk(out, Math.max(0, at - CONTEXT), at, last);
      at = next;
    }
  }

  private int nextChange(int from) {
    int i = from;
    while (i < lines.size() && lines.get(i).isContext()) {
      i++;
    }
    return i;
  }

  private void hunk(Paint out, int from, int firstChange, int lastChange) {
    Line first = lines.get(firstChange);
    int newLine = first.style() == Style.ADDED ? first.next() : first.next() + 1;
    int end =
        Math.min(lines.get(lastChange).next() + CONTEXT, Math.max(before.size(), after.size()));
    out.line(Style.HUNK, "@ line " + (newLine - (firstChange - from)) + " to " + end);
    for (Line line : lines.subList(from, Math.min(lines.size(), lastChange + CONTEXT + 1))) {
      String sign =
          switch (line.style()) {
            case ADDED -> "+";
            case REMOVED -> "-";
            default -> " ";
          };
      String text = line.text().isEmpty() ? sign.strip() : sign + " " + line.text();
      out.line(line.style(), text);
    }
  }
}
