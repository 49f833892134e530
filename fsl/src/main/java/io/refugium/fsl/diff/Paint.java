package io.refugium.fsl.diff;

/**
 * Text that may be coloured for a terminal. Escapes are written just before the next character, so
 * that colours without text leave no trace (schema specification, section 9.2).
 */
final class Paint {
  /** What a stretch of text looks like. */
  enum Style {
    PLAIN(""),
    TITLE("\u001b[1;34m"),
    ADDED("\u001b[32m"),
    REMOVED("\u001b[31m"),
    CHANGED("\u001b[33m"),
    HUNK("\u001b[36m"),
    FILE("\u001b[1m");

    private final String escape;

    Style(String escape) {
      this.escape = escape;
    }

    private String off() {
      return this == FILE ? "\u001b[22m" : "\u001b[0m";
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final boolean coloured;
  private Style current = Style.PLAIN;

  Paint(boolean coloured) {
    this.coloured = coloured;
  }

  /** Adds text of a style. */
  Paint add(Style style, String text) {
    if (text.isEmpty()) {
      return this;
    }
    if (coloured && style != current) {
      out.append(current == Style.PLAIN ? "" : current.off());
      out.append(style.escape);
      current = style;
    }
    out.append(text);
    return this;
  }

  Paint plain(String text) {
    return add(Style.PLAIN, text);
  }

  /** Adds a whole line, the end of which is not coloured. */
  Paint line(Style style, String text) {
    return add(style, text).plain("\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
