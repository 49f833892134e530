package io.refugium.access;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much each database may use a second; none unless somebody says so (spec http 14.5). The
 * limits are the same for the root and for each database right below it, and each has its own
 * allowance: what one uses is not taken from its siblings. All that lies deeper uses the allowance
 * of the database that it lies in, or who may create databases could have as many allowances.
 * Immutable.
 */
public final class RateLimits {
  /** No limits. */
  public static final RateLimits NONE = new RateLimits(Map.of());

  /** The highest limit that can be set. */
  public static final long MOST = 1_000_000_000;

  /** What is limited, in the order in which it is told. */
  public enum Resource {
    COMPUTE,
    READ,
    WRITE,
    /** Streams that are opened. */
    STREAMS;

    /** As options and answers call it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * So many operations a second.
   *
   * @param soft what is above is told in the answer; at most {@code hard}
   * @param hard what is above is refused
   */
  public record Rate(long soft, long hard) {
    public Rate {
      if (soft < 1 || hard < soft || hard > MOST) {
        throw new IllegalArgumentException(
            "a rate limit is a number from 1 to %d, or two, the lower one first".formatted(MOST));
      }
    }

    /**
     * Reads {@code HARD} or {@code SOFT/HARD}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Rate parse(String text) {
      String[] parts = text.strip().split("/", 2);
      long first = number(parts[0]);
      return new Rate(first, parts.length == 1 ? first : number(parts[1]));
    }

    private static long number(String text) {
      return text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    }
  }

  private final Map<Resource, Rate> rates;

  private RateLimits(Map<Resource, Rate> rates) {
    this.rates = rates;
  }

  /**
   * Reads limits as an option has them: {@code compute}, {@code read}, {@code write} or {@code
   * streams}, each with {@code HARD} or {@code SOFT/HARD}, operations a second.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static RateLimits parse(Map<String, String> texts) {
    Map<Resource, Rate> rates = new EnumMap<>(Resource.class);
    texts.forEach((name, text) -> rates.put(resource(name), Rate.parse(text)));
    return rates.isEmpty() ? NONE : new RateLimits(rates);
  }

  private static Resource resource(String name) {
    for (Resource resource : Resource.values()) {
      if (resource.label().equals(name.strip())) {
        return resource;
      }
    }
    throw new IllegalArgumentException(
        "there is a rate limit for compute, read, write and streams, but not for " + name);
  }

  /** The limit for a resource; null if there is none. */
  Rate of(Resource resource) {
    return rates.get(resource);
  }

  boolean isEmpty() {
    return rates.isEmpty();
  }
}
