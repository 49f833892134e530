package io.refugium.fql10.engine;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a failure looks in the summary (language specification, sections 12.3 to 12.5). */
public final class FailureReport {
  private FailureReport() {}

  /** The failure with all its frames. */
  public static String render(QueryFailure failure) {
    return render(failure, span -> true);
  }

  /**
   * The failure with the frames that the caller may see; the first of them is its place.
   *
   * @param visible which places may be shown
   */
  static String render(QueryFailure failure, Predicate<Span> visible) {
    List<Span> frames = failure.frames().stream().filter(visible).toList();
    List<Hint> hints = new ArrayList<>();
    if (failure.nullOrigin() != null && visible.test(failure.nullOrigin())) {
      hints.add(Hint.hint("Null value created here", failure.nullOrigin()));
    }
    if (failure.hint() != null && !frames.isEmpty()) {
      hints.add(Hint.hint(failure.hint(), frames.getFirst()));
    }
    boolean explained = !hints.isEmpty();
    for (int i = 1; i < frames.size(); i++) {
      hints.add(explained && i == 1 ? Hint.trace(frames.get(i)) : Hint.frame(frames.get(i)));
    }
    return DiagnosticRenderer.render(
        new Diagnostic(
            Diagnostic.Kind.ERROR,
            message(failure),
            frames.isEmpty() ? Optional.empty() : Optional.of(frames.getFirst()),
            "",
            hints));
  }

  /** What a failure says, with the reasons why a write was refused. */
  public static String message(QueryFailure failure) {
    if (failure.constraintFailures().isEmpty()) {
      return failure.getMessage();
    }
    return failure.constraintFailures().stream()
        .map(ConstraintFailure::text)
        .collect(Collectors.joining("\n", failure.getMessage() + "\nconstraint failures:\n", ""));
  }
}
