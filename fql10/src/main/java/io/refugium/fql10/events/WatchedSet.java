package io.refugium.fql10.events;

import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.fql10.sets.Callback;
import io.refugium.fql10.sets.Operators;
import io.refugium.fql10.sets.Sources;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The set of an event source taken apart: what is watched in the store, and the filters and
 * mappings on top of it. Immutable.
 *
 * @param stored the stored set that is watched; null if it is one document
 * @param single the document that is watched; null if it is a stored set
 * @param deciding layers up to the last filter: they decide whether an element belongs to the set
 * @param shaping mappings after it
 * @param fields the paths of the fields whose changes count; empty for all
 */
record WatchedSet(
    StoredSet stored,
    Ref single,
    List<Layer> deciding,
    List<Layer> shaping,
    List<List<Object>> fields) {

  /** One operator on the set. */
  sealed interface Layer {
    Callback callback();

    record Filter(Callback callback) implements Layer {}

    record Mapping(Callback callback) implements Layer {}
  }

  /** Takes a source apart that can be streamed. */
  static WatchedSet of(EventSource source) {
    List<Layer> layers = new ArrayList<>();
    SetValue base = unwrap(source.set(), layers);
    int decided = layers.size();
    while (decided > 0 && layers.get(decided - 1) instanceof Layer.Mapping) {
      decided--;
    }
    return new WatchedSet(
        base instanceof StoredSet stored ? stored : null,
        base instanceof Sources.SingleSet(Value element) ? document(element) : null,
        List.copyOf(layers.subList(0, decided)),
        List.copyOf(layers.subList(decided, layers.size())),
        source.fields());
  }

  private static SetValue unwrap(SetValue set, List<Layer> layers) {
    return switch (set) {
      case Operators.MappedSet(SetValue source, Callback mapper) -> {
        SetValue base = unwrap(source, layers);
        layers.add(new Layer.Mapping(mapper));
        yield base;
      }
      case Operators.FilteredSet(SetValue source, Callback predicate) -> {
        SetValue base = unwrap(source, layers);
        layers.add(new Layer.Filter(predicate));
        yield base;
      }
      case Operators.PagedSet(SetValue source, int ignored) -> unwrap(source, layers);
      default -> set;
    };
  }

  private static Ref document(Value element) {
    return switch (element) {
      case Ref ref -> ref;
      case DocumentValue value -> value.ref();
      default -> throw new IllegalArgumentException("not a document");
    };
  }

  int collection() {
    return stored != null ? stored.collection() : single.collection();
  }

  boolean isIndex() {
    return stored != null && !stored.indexName().isEmpty();
  }

  boolean mayConcern(Ref document) {
    return single == null || single.equals(document);
  }

  /** The element that a document becomes on its way to the last filter; null if one rejects it. */
  Value admit(QueryContext context, Ref document) {
    Value element = document;
    for (Layer layer : deciding) {
      switch (layer) {
        case Layer.Filter(Callback predicate) -> {
          if (!predicate.test(context, element)) {
            return null;
          }
        }
        case Layer.Mapping(Callback mapper) -> element = mapper.apply(context, element);
      }
    }
    return element;
  }

  /** What an admitted element is sent as. */
  Value shape(QueryContext context, Value admitted) {
    Value element = admitted;
    for (Layer layer : shaping) {
      element = layer.callback().apply(context, element);
    }
    return element;
  }

  /** Whether there is nothing on top of what is watched. */
  boolean isBare() {
    return deciding.isEmpty() && shaping.isEmpty();
  }

  boolean isPlain() {
    return isBare() && fields.isEmpty();
  }

  /** What opening it costs in read operations (http specification, section 12.2). */
  int openingReads() {
    return stored != null && !isIndex() ? 8 : 1;
  }
}
