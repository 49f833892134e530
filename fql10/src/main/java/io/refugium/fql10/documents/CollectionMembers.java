package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.PerformanceHints;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.fql10.sets.Callback;
import io.refugium.fql10.sets.Operators;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/** What all collections can do, those of the user and the native ones (library spec. 15, 17). */
final class CollectionMembers {
  private CollectionMembers() {}

  /**
   * Declares {@code all}, {@code where}, {@code firstWhere} and {@code toString}.
   *
   * @param type the type of the documents
   */
  static void declare(Members.Builder members, int collection, String name, String type) {
    members
        .method(
            Effect.READ,
            "all() => Set<%s>".formatted(type),
            "All documents by id.",
            (c, s, a) -> all(c, collection))
        .method(
            Effect.READ,
            "all(range: { from: Any } | { to: Any } | { from: Any, to: Any }) => Set<%s>"
                .formatted(type),
            "The documents with ids in a range.",
            (c, s, a) -> Ranges.documents(c.context(), collection, a[0]))
        .method(
            Effect.READ,
            "where(pred: %s => Boolean | Null) => Set<%s>".formatted(type, type),
            "The documents for which a predicate holds.",
            (c, s, a) -> where(c, collection, name, a[0]))
        .method(
            Effect.READ,
            "firstWhere(pred: %s => Boolean | Null) => %s | Null".formatted(type, type),
            "The first document for which a predicate holds.",
            (c, s, a) -> firstWhere(c, collection, name, a[0]))
        .method("toString() => String", "The name.", (c, s, a) -> new StringValue(name));
  }

  private static StoredSet all(Call call, int collection) {
    return DocumentSet.all(collection, call.context().readTime());
  }

  private static Value where(Call call, int collection, String name, Value predicate) {
    hint(call, collection, name);
    Callback filter =
        new Callback((FunctionValue) predicate, call.span(), call.context().readTime());
    return new Operators.FilteredSet(all(call, collection), filter);
  }

  private static void hint(Call call, int collection, String name) {
    if (SystemCollections.isUser(collection)) {
      PerformanceHints.collectionScan(call, name);
    }
  }

  private static Value firstWhere(Call call, int collection, String name, Value predicate) {
    hint(call, collection, name);
    Callback lookFor = Callback.during(call, (FunctionValue) predicate);
    Value found =
        new Operators.FilteredSet(all(call, collection), lookFor).open(call.context(), null).next();
    return found == null ? Null.of(NullCause.NO_ELEMENT) : found;
  }
}
