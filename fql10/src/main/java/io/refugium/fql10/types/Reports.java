package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects what the checker has to say, each thing once. A part of a check can be tried first, its
 * diagnostics set aside until it is known whether it counts.
 */
final class Reports {
  private Set<Diagnostic> collected = new LinkedHashSet<>();

  /** The result of a trial, and what it would have reported. */
  record Trial<T>(T result, List<Diagnostic> diagnostics) {
    boolean clean() {
      return diagnostics.isEmpty();
    }
  }

  void add(Diagnostic diagnostic) {
    collected.add(diagnostic);
  }

  void addAll(List<Diagnostic> diagnostics) {
    collected.addAll(diagnostics);
  }

  <T> Trial<T> attempt(Supplier<T> check) {
    Set<Diagnostic> outer = collected;
    collected = new LinkedHashSet<>();
    try {
      T result = check.get();
      return new Trial<>(result, List.copyOf(collected));
    } finally {
      collected = outer;
    }
  }

  /** Everything that was said, by kind, in textual order. */
  List<Diagnostic> all(Diagnostic.Kind kind) {
    return collected.stream()
        .filter(diagnostic -> diagnostic.kind() == kind)
        .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().map(Span::start).orElse(0)))
        .toList();
  }

  /**
   * Reports that {@code actual} does not fit {@code expected}: a single reason is reported itself
   * if it lies in the expression, several become causes.
   *
   * @param span the expression, or the name that it is bound to
   */
  void mismatch(Span span, Type actual, Type expected, List<Failure> failures) {
    List<Failure> reasons = List.copyOf(new LinkedHashSet<>(failures));
    if (reasons.isEmpty()) {
      return;
    }
    Failure first = reasons.getFirst();
    if (reasons.size() == 1 && first.place() == null) {
      add(Diagnostic.error(first.message(), span).with(first.hints()));
    } else if (reasons.size() == 1 && (first.direct() || isWithin(first.place(), span))) {
      add(Diagnostic.error(first.message(), first.place()).with(first.hints()));
    } else {
      String message = TypeErrors.notSubtype(actual.toString(), expected.toString());
      add(Diagnostic.error(message, span).with(causes(reasons, span)));
    }
  }

  private static boolean isWithin(Span inner, Span outer) {
    return inner.source().equals(outer.source())
        && inner.start() >= outer.start()
        && inner.end() <= outer.end();
  }

  /** The reasons as causes, by place and text, each followed by its hints. */
  static List<Hint> causes(List<Failure> failures, Span fallback) {
    List<Hint> causes = new ArrayList<>();
    failures.stream()
        .sorted(
            Comparator.<Failure>comparingInt(failure -> place(failure, fallback).start())
                .thenComparing(Failure::message))
        .forEach(
            failure -> {
              causes.add(Hint.cause(failure.message(), place(failure, fallback)));
              causes.addAll(failure.hints());
            });
    return causes;
  }

  private static Span place(Failure failure, Span fallback) {
    return failure.place() == null ? fallback : failure.place();
  }
}
