package io.refugium.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which endpoint answers which path (spec: HTTP surface 2). Immutable.
 *
 * <p>A path is matched exactly, or by its first segment for families such as {@code
 * /collections/...}; what nobody claims goes to the fallback.
 */
public final class Routes {

  private final Map<String, Endpoint> exact;
  private final Map<String, Endpoint> families;
  private final Endpoint fallback;

  private Routes(Builder builder) {
    this.exact = Map.copyOf(builder.exact);
    this.families = Map.copyOf(builder.families);
    this.fallback = builder.fallback;
  }

  /** The endpoint for a path without its query string. */
  public Endpoint find(String path) {
    Endpoint endpoint = exact.get(path);
    if (endpoint == null && !families.isEmpty()) {
      int end = path.indexOf('/', 1);
      endpoint = families.get(end < 0 ? path : path.substring(0, end));
    }
    return endpoint == null ? fallback : endpoint;
  }

  /** What stands for a path in metrics and traces: of a family its first segment. */
  String nameOf(String path) {
    if (exact.containsKey(path)) {
      return path;
    }
    int end = path.indexOf('/', 1);
    String first = end < 0 ? path : path.substring(0, end);
    return families.containsKey(first) ? first : "other";
  }

  /** Routes in which everything that is not added goes to {@code fallback}. */
  public static Builder withFallback(Endpoint fallback) {
    return new Builder(fallback);
  }

  /** Collects routes. */
  public static final class Builder {
    private final Map<String, Endpoint> exact = new LinkedHashMap<>();
    private final Map<String, Endpoint> families = new LinkedHashMap<>();
    private final Endpoint fallback;

    private Builder(Endpoint fallback) {
      this.fallback = fallback;
    }

    /** One path, matched exactly: {@code /query/1} does not match {@code /query/1/}. */
    public Builder at(String path, Endpoint endpoint) {
      exact.put(path, endpoint);
      return this;
    }

    /** A first segment, such as {@code /collections}, and everything below it. */
    public Builder below(String firstSegment, Endpoint endpoint) {
      families.put(firstSegment, endpoint);
      return this;
    }

    /** The finished routes. */
    public Routes build() {
      return new Routes(this);
    }
  }
}
