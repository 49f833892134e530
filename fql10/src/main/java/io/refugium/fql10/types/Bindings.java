package io.refugium.fql10.types;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of the values that come with a request.
 *
 * @param arguments of the request's arguments, by name; they shadow globals
 * @param templateValues of the values in the query template, in textual order
 */
public record Bindings(Map<String, Type> arguments, List<Type> templateValues) {

  public static final Bindings NONE = new Bindings(Map.of(), List.of());

  public Bindings {
    arguments = Map.copyOf(arguments);
    templateValues = List.copyOf(templateValues);
  }

  Optional<Type> argument(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  Type templateValue(int index) {
    return index < templateValues.size() ? templateValues.get(index) : Type.ANY;
  }
}
