package io.refugium.fql10.runtime;

import io.refugium.fql10.diagnostics.Summary;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a query said with {@code log} and {@code dbg}, and what it was told about its performance,
 * in the order of execution; what has no place is left out, and so is what no summary has room for.
 * Confined to the thread of the query.
 */
public final class QueryLog {
  /** What an entry has in the summary besides its text, at the least. */
  private static final int ENTRY_CHARACTERS = 16;

  private final List<Entry> entries = new ArrayList<>();
  private final Set<Entry> hints = new HashSet<>();
  private final boolean wantsHints;
  private long characters;

  /** A log without performance hints. */
  public QueryLog() {
    this(false);
  }

  /**
   * An empty log.
   *
   * @param wantsHints whether the client asked for performance hints
   */
  public QueryLog(boolean wantsHints) {
    this.wantsHints = wantsHints;
  }

  /** How an entry looks in the answer. */
  public enum Form {
    /** One line of {@code log}. */
    LINE,
    /** An output of {@code dbg}, with the source below it. */
    EXCERPT,
    /** A performance hint, with the source below it. */
    HINT
  }

  /** One message. */
  public record Entry(Span span, String text, Form form) {}

  /** A line of {@code log}. */
  public void line(Span span, String text) {
    add(new Entry(span, text, Form.LINE));
  }

  /** An output of {@code dbg}. */
  public void excerpt(Span span, String text) {
    add(new Entry(span, text, Form.EXCERPT));
  }

  /** Whether anybody wants to hear of performance; to be asked before a hint is worked out. */
  public boolean wantsHints() {
    return wantsHints;
  }

  /** A performance hint; the same at the same place is said once. */
  void hint(Span span, String text) {
    Entry entry = new Entry(span, text, Form.HINT);
    if (wantsHints && hints.add(entry)) {
      add(entry);
    }
  }

  // What a cursor carried along has no place in any text, and is not shown.
  private void add(Entry entry) {
    if (entry.span() != null && characters <= Summary.MAX_LENGTH) {
      entries.add(entry);
      characters += entry.text().length() + ENTRY_CHARACTERS;
    }
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}
