package io.refugium.access;

import io.refugium.access.RateLimits.Resource;
import java.util.List;

/**
 * A request was refused because its database has used up what it may use at the moment (spec http
 * 14.5). No {@link AccessException}: it says nothing of rights. Carries no stack trace.
 */
public final class RateLimitExceeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Resource> resources;

  RateLimitExceeded(List<Resource> resources) {
    super("Rate limit exceeded", null, false, false);
    this.resources = List.copyOf(resources);
  }

  /** What is used up, at least one. */
  public List<Resource> resources() {
    return resources;
  }

  /** The message that names one of them. */
  public String detail() {
    return "Rate limit for " + resources.getFirst().label() + " exceeded";
  }
}
