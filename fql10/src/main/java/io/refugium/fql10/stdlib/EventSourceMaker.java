package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.FieldPaths;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.fql10.sets.Materialized;
import io.refugium.fql10.sets.Operators;
import io.refugium.fql10.sets.Sources;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes event sources of sets, or tells why that cannot be (library specification, section 14). */
final class EventSourceMaker {
  private static final String NOT_ON_SOURCE = "it was not called on the source set.";

  private EventSourceMaker() {}

  /** A source of all events of a set. */
  static EventSource of(Call call, SetValue set) {
    check(call, set, false);
    return new EventSource(set, List.of());
  }

  /** A source of the events that touch the fields at the ends of some paths. */
  static EventSource of(Call call, SetValue set, Value[] accessors) {
    check(call, set, true);
    List<List<Object>> paths = new ArrayList<>();
    for (int i = 0; i < accessors.length; i++) {
      int position = i;
      paths.add(
          path(accessors[i])
              .orElseThrow(
                  () ->
                      Errors.invalidArgument(
                          Integer.toString(position), "invalid field path given")));
    }
    if (set instanceof StoredSet stored) {
      requireCovered(stored, paths);
    }
    return new EventSource(set, paths);
  }

  private static void requireCovered(StoredSet set, List<List<Object>> paths) {
    List<List<Object>> uncovered = set.uncovered(paths);
    if (!uncovered.isEmpty()) {
      String names =
          uncovered.stream()
              .map(path -> "`" + ConstraintFailure.pathText(path) + "`")
              .collect(Collectors.joining(", "));
      throw Errors.invalidArgument(
          "fields", names + " not covered by the `" + set.indexName() + "` index.");
    }
  }

  /** The path that a short lambda such as {@code .a["b"][0]} selects. */
  private static Optional<List<Object>> path(Value accessor) {
    if (!(accessor instanceof FunctionValue function
        && function.plain() instanceof Lambda lambda)) {
      return Optional.empty();
    }
    String text = lambda.code().span().text();
    return text.startsWith(".") ? FieldPaths.read(text) : Optional.empty();
  }

  private static void check(Call call, SetValue set, boolean onFields) {
    String reason = reason(call, set, onFields);
    if (reason != null) {
      throw Errors.invalidReceiver(
          reason.equals(NOT_ON_SOURCE) ? "changesOn" : call.method(), reason);
    }
  }

  /** Why the set cannot be streamed; null if it can. */
  private static String reason(Call call, SetValue set, boolean onFields) {
    return switch (set) {
      case Operators.MappedSet mapped ->
          onFields ? NOT_ON_SOURCE : reason(call, mapped.source(), false);
      case Operators.FilteredSet filtered ->
          onFields ? NOT_ON_SOURCE : reason(call, filtered.source(), false);
      case Operators.PagedSet paged ->
          onFields ? NOT_ON_SOURCE : reason(call, paged.source(), false);
      case Operators.TakenSet ignored ->
          "streaming is not supported on sets returned from `.take()`.";
      case Operators.DroppedSet ignored ->
          "streaming is not supported on sets returned from `.drop()`.";
      case Materialized.OrderedSet ignored ->
          "streaming is not supported on sets returned from `.order()`.";
      case Materialized.DistinctSet ignored -> "streaming is not supported on distinct sets.";
      case Materialized.ReversedSet ignored ->
          "streaming is not supported on sets that have been reversed.";
      case Operators.ConcatenatedSet ignored -> "streaming is not supported on concatenated sets.";
      case Operators.FlatMappedSet ignored -> "streaming is not supported on `.flatMap()` sets.";
      case Sources.ArraySet ignored -> "streaming is not supported on array sets.";
      case Sources.SequenceSet ignored ->
          "streaming is not supported on sets created from `Set.sequence()`.";
      case Sources.SingleSet(Value element) -> single(call, element);
      case StoredSet stored -> stored(call, stored);
      default -> "streaming is not supported on this set.";
    };
  }

  private static String stored(Call call, StoredSet set) {
    String reason = set.notStreamable();
    if (reason == null) {
      set.requireSomeRead(call.context());
    }
    return reason;
  }

  private static String single(Call call, Value element) {
    if (Kind.of(element) != Kind.DOCUMENT) {
      return "streaming on `Set.single()` is only supported if its element is a document.";
    }
    if (!call.context().environment().documents().mayRead(call.context(), element)) {
      throw QueryFailure.of(
          ErrorCode.PERMISSION_DENIED,
          "Insufficient privileges to create a stream on the source document.");
    }
    return null;
  }
}
