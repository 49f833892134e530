package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * The local values of one call in progress. Every local name has a slot of its own that is written
 * once, before it is read; so a frame is confined to the thread that runs the query.
 */
public final class Frame {
  final QueryContext context;
  final Value[] slots;

  Frame(QueryContext context, Value[] slots) {
    this.context = context;
    this.slots = slots;
  }

  public QueryContext context() {
    return context;
  }
}
