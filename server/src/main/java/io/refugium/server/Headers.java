package io.refugium.server;

import java.util.Map;
import java.util.TreeMap;

/** The header fields of a request. Of a repeated field only the first occurrence exists. */
@FunctionalInterface
public interface Headers {

  /**
   * The value of a field.
   *
   * @param name in any case
   * @return the value without surrounding white space, possibly empty; null if the request has no
   *     such field
   */
  String get(String name);

  /** Fixed fields, for tests and internal requests. */
  static Headers of(Map<String, String> fields) {
    var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(fields);
    return byName::get;
  }
}
