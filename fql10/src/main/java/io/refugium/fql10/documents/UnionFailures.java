package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.ConstraintFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said about a value that no member of a union accepts (schema specification, section 4.5):
 * first what is missing or too much in objects, then what is wrong inside the only object.
 */
final class UnionFailures {
  private static final String UNEXPECTED = "Unexpected field provided";
  private static final String MISSING = "Missing required field";

  private final List<Object> path;

  /** What members that are objects, or hold some, had against the value. */
  private final List<List<ConstraintFailure>> inside = new ArrayList<>();

  UnionFailures(List<Object> path) {
    this.path = path;
  }

  /** Adds what a member has against the value. */
  void add(List<ConstraintFailure> attempt) {
    boolean below = attempt.stream().allMatch(failure -> pathOf(failure).size() > path.size());
    if (below) {
      inside.add(attempt);
    }
  }

  private static List<Object> pathOf(ConstraintFailure failure) {
    return failure.paths().getFirst();
  }

  private static boolean isUnexpected(ConstraintFailure failure) {
    return failure.message().equals(UNEXPECTED);
  }

  private static boolean isMissing(ConstraintFailure failure) {
    return failure.message().startsWith(MISSING);
  }

  /** What to report; empty if only the value as a whole can be blamed. */
  List<ConstraintFailure> report() {
    boolean structural =
        !inside.isEmpty()
            && inside.stream()
                .allMatch(
                    attempt ->
                        attempt.stream()
                            .anyMatch(failure -> isUnexpected(failure) || isMissing(failure)));
    if (structural) {
      List<ConstraintFailure> failures = new ArrayList<>(commonUnexpected());
      missing(failures);
      if (!failures.isEmpty()) {
        return failures;
      }
    }
    List<List<ConstraintFailure>> wrong =
        inside.stream()
            .filter(
                attempt ->
                    attempt.stream()
                        .noneMatch(failure -> isUnexpected(failure) || isMissing(failure)))
            .toList();
    return wrong.size() == 1 ? wrong.getFirst() : List.of();
  }

  private Set<ConstraintFailure> commonUnexpected() {
    Set<ConstraintFailure> common = new LinkedHashSet<>(inside.getFirst());
    common.removeIf(failure -> !isUnexpected(failure));
    inside.forEach(common::retainAll);
    return common;
  }

  private void missing(List<ConstraintFailure> failures) {
    List<List<ConstraintFailure>> missing =
        inside.stream()
            .map(attempt -> attempt.stream().filter(UnionFailures::isMissing).toList())
            .filter(attempt -> !attempt.isEmpty())
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    if (missing.size() == 1 && missing.getFirst().size() == 1) {
      failures.add(missing.getFirst().getFirst());
      return;
    }
    failures.add(
        ConstraintFailure.at(place(missing), "Union requires fields " + alternatives(missing)));
  }

  /** The innermost object that all the missing fields are in. */
  private static List<Object> place(List<List<ConstraintFailure>> missing) {
    List<Object> first = pathOf(missing.getFirst().getFirst());
    List<Object> common = first.subList(0, first.size() - 1);
    for (List<ConstraintFailure> attempt : missing) {
      for (ConstraintFailure failure : attempt) {
        List<Object> path = pathOf(failure);
        int same = 0;
        while (same < common.size()
            && same < path.size() - 1
            && common.get(same).equals(path.get(same))) {
          same++;
        }
        common = common.subList(0, same);
      }
    }
    return common;
  }

  private static String alternatives(List<List<ConstraintFailure>> missing) {
    List<String> texts = missing.stream().map(UnionFailures::names).distinct().toList();
    if (texts.size() < 3) {
      return String.join(" or ", texts);
    }
    return String.join(", ", texts.subList(0, texts.size() - 1)) + ", or " + texts.getLast();
  }

  /** The last field comes first, as Fauna told them. */
  private static String names(List<ConstraintFailure> missing) {
    return missing.reversed().stream()
        .map(failure -> pathOf(failure).getLast().toString())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
