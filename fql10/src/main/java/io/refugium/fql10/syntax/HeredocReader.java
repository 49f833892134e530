package io.refugium.fql10.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads heredoc strings, {@code <<-TAG} without and {@code <<+TAG} with interpolation (language
 * specification, section 2.4).
 *
 * <p>The common indentation is known only at the end, so the lines are collected first and joined
 * afterwards.
 */
final class HeredocReader {
  private final TextCursor cursor;
  private final Supplier<Expression> embedded;

  HeredocReader(TextCursor cursor, Supplier<Expression> embedded) {
    this.cursor = cursor;
    this.embedded = embedded;
  }

  boolean atHeredoc() {
    return cursor.looksAt("<<-") || cursor.looksAt("<<+");
  }

  /** The heredoc that stands here; {@link #atHeredoc()} must hold. */
  Expression read() {
    int start = cursor.position();
    boolean interpolates = cursor.peek(2) == '+';
    cursor.advance(3);
    cursor.skipBlanks();
    if (!cursor.atIdentifier()) {
      throw cursor.expected("identifier");
    }
    String tag = cursor.word().text();
    while (cursor.peek() == ' ' || cursor.peek() == '\t') {
      cursor.advance(1);
    }
    if (lineBreak().isEmpty()) {
      throw cursor.expected("newline");
    }
    List<Line> lines = new ArrayList<>();
    while (!takeTag(tag)) {
      lines.add(line(interpolates, tag));
    }
    return join(lines).toExpression(cursor.from(start));
  }

  /** One line: pieces of text and interpolations, then its line break. */
  private record Line(List<Object> pieces, String lineBreak) {

    boolean blank() {
      return pieces.isEmpty();
    }

    /** The number of leading blanks; a line of blanks only counts all of them. */
    int indentation() {
      if (!(pieces.getFirst() instanceof String text)) {
        return 0;
      }
      int count = 0;
      while (count < text.length() && isBlank(text.charAt(count))) {
        count++;
      }
      return count;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean takeTag(String tag) {
    int start = cursor.position();
    while (isBlank(cursor.peek())) {
      cursor.advance(1);
    }
    if (cursor.takeWord(tag)) {
      return true;
    }
    cursor.moveTo(start);
    return false;
  }

  private Line line(boolean interpolates, String tag) {
    List<Object> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (true) {
      String lineBreak = lineBreak();
      if (!lineBreak.isEmpty()) {
        flush(text, pieces);
        return new Line(pieces, lineBreak);
      }
      if (interpolates && cursor.looksAt("#{")) {
        flush(text, pieces);
        pieces.add(StringReader.interpolation(cursor, embedded));
      } else if (!cursor.atEnd() && cursor.isDisplayCharacter(cursor.position())) {
        text.append(cursor.peek());
        cursor.advance(1);
      } else {
        throw cursor.expected("`" + tag + "`");
      }
    }
  }

  private static void flush(StringBuilder text, List<Object> pieces) {
    if (!text.isEmpty()) {
      pieces.add(text.toString());
      text.setLength(0);
    }
  }

  private String lineBreak() {
    if (cursor.take("\r\n")) {
      return "\r\n";
    }
    if (cursor.take('\n')) {
      return "\n";
    }
    return cursor.take('\r') ? "\r" : "";
  }

  private static StringReader.StringParts join(List<Line> lines) {
    int indentation =
        lines.stream().filter(line -> !line.blank()).mapToInt(Line::indentation).min().orElse(0);
    StringReader.StringParts parts = new StringReader.StringParts();
    for (Line line : lines) {
      for (int i = 0; i < line.pieces().size(); i++) {
        switch (line.pieces().get(i)) {
          case String text -> parts.add(i == 0 ? text.substring(indentation) : text);
          case Expression.Interpolation.Part.Embedded inner -> parts.add(inner);
          default -> throw new IllegalStateException("not a piece of a line");
        }
      }
      parts.add(line.lineBreak());
    }
    return parts;
  }
}
