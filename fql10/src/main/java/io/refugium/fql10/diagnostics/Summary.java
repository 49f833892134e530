package io.refugium.fql10.diagnostics;

import java.util.List;
import java.util.function.Supplier;

/**
 * Blocks of text as they follow each other in a summary.
 *
 * <p>Invariant: it does not grow far beyond {@link #MAX_LENGTH}, and says so when something is left
 * out. A query may have as many errors, calls in progress and log entries as it has words, and each
 * of them shows the line where it stands: without a limit, a small query could fill any memory.
 */
public final class Summary {
  /** How many characters a summary may have, apart from the remark that the rest is left out. */
  public static final int MAX_LENGTH = 1 << 22;

  /** What stands in place of the rest. */
  static final String REST =
      "(the rest is left out: limit of " + MAX_LENGTH + " characters exceeded)";

  private final String separator;
  private final StringBuilder text = new StringBuilder();
  private boolean complete = true;

  /**
   * An empty summary.
   *
   * @param separator what stands between two blocks
   */
  public Summary(String separator) {
    this.separator = separator;
  }

  /** The diagnostics in their order. */
  public static String of(List<Diagnostic> diagnostics, String separator) {
    Summary summary = new Summary(separator);
    diagnostics.forEach(summary::add);
    return summary.toString();
  }

  /** Adds a diagnostic. */
  public void add(Diagnostic diagnostic) {
    add(() -> DiagnosticRenderer.render(diagnostic));
  }

  /** Adds a block, which is not made in vain when the summary is full. */
  public void add(Supplier<String> block) {
    if (!complete) {
      return;
    }
    if (!text.isEmpty()) {
      text.append(separator);
    }
    text.append(block.get());
    if (text.length() > MAX_LENGTH) {
      text.setLength(MAX_LENGTH);
      text.append('\n').append(REST);
      complete = false;
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
