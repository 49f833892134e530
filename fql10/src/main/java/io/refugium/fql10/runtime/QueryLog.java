package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;

/** What a query said with {@code log} and {@code dbg}, in the order of execution. */
public final class QueryLog {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One message.
   *
   * @param excerpt whether the source is shown below it
   */
  public record Entry(Span span, String text, boolean excerpt) {}

  /** A line of {@code log}. */
  public void line(Span span, String text) {
    entries.add(new Entry(span, text, false));
  }

  /** An output of {@code dbg}. */
  public void excerpt(Span span, String text) {
    entries.add(new Entry(span, text, true));
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}
