package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.List;

/**
 * A source of events about the changes of a set (library specification, section 14).
 *
 * @param set what is watched, filters and mappings included
 * @param fields the paths of the fields whose changes count; empty for all
 */
public record EventSource(SetValue set, List<List<Object>> fields) implements QueryValue {

  @Override
  public List<Value> parts() {
    return List.of(set);
  }

  public EventSource {
    fields = List.copyOf(fields);
  }

  @Override
  public Kind kind() {
    return Kind.EVENT_SOURCE;
  }
}
