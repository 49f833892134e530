package io.refugium.benchmarks.load;

/** A request: JSON posted to a path with a secret. */
record Call(String path, String secret, String body) {
  /** The path of queries of FQL v4. */
  static final String FQL4 = "/";

  /** The path of queries of FQL v10. */
  static final String FQL10 = "/query/1";
}
