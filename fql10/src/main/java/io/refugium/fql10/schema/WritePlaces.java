package io.refugium.fql10.schema;

import io.refugium.fql10.source.Span;
import io.refugium.model.Ref;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where a query wrote schema documents; empty if it wrote none, or if no query is running. */
public final class WritePlaces {
  private final Map<Ref, Span> places = new HashMap<>();
  private Span last;

  /** Adds a write. */
  public void add(Ref document, Span place) {
    places.put(document, place);
    last = place;
  }

  /** Whether a query wrote schema. */
  public boolean isQuery() {
    return last != null;
  }

  /** Where the last write was; null if there was none. */
  public Span last() {
    return last;
  }

  /** Where a document was written last. */
  public Optional<Span> of(Ref document) {
    return Optional.ofNullable(places.get(document));
  }
}
