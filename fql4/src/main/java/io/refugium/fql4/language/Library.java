package io.refugium.fql4.language;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All functions of FQL v4 by API version and set of keys (spec: FQL v4, section 6). Filled once,
 * then immutable and shared by all queries.
 */
public final class Library {
  private final Map<ApiVersion, Map<Set<String>, Function>> functions =
      new EnumMap<>(ApiVersion.class);

  private Library() {
    for (ApiVersion version : ApiVersion.values()) {
      functions.put(version, new HashMap<>());
    }
  }

  /** A library of the functions that these families declare. */
  public static Library of(List<Family> families) {
    Library library = new Library();
    families.forEach(family -> family.define(library));
    return library;
  }

  /** A group of related functions. */
  @FunctionalInterface
  public interface Family {
    public void define(Library library);
  }

  /** Begins the declaration of a function whose first key, its name, takes values of a kind. */
  public Definition define(String name, Kind kind) {
    return new Definition(this, name, kind);
  }

  /** The function with exactly these keys, or null. */
  Function find(ApiVersion version, Set<String> keys) {
    return functions.get(version).get(keys);
  }

  /** Every set of keys that is a function in a version. */
  public Set<Set<String>> keySets(ApiVersion version) {
    return Set.copyOf(functions.get(version).keySet());
  }

  void enter(ApiVersion version, Function function, Set<String> exclusive) {
    List<String> optional =
        function.parameters().stream().filter(Parameter::optional).map(Parameter::key).toList();
    for (int chosen = 0; chosen < 1 << optional.size(); chosen++) {
      List<String> keys = new ArrayList<>();
      function.parameters().stream().filter(p -> !p.optional()).forEach(p -> keys.add(p.key()));
      int exclusives = 0;
      for (int i = 0; i < optional.size(); i++) {
        if ((chosen & 1 << i) != 0) {
          keys.add(optional.get(i));
          exclusives += exclusive.contains(optional.get(i)) ? 1 : 0;
        }
      }
      if (exclusives <= 1) {
        Function former = functions.get(version).put(Set.copyOf(keys), function);
        if (former != null) {
          throw new IllegalStateException(
              "two functions with the keys " + keys + " in version " + version.text());
        }
      }
    }
  }
}
