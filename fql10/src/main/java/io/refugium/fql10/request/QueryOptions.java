package io.refugium.fql10.request;

import io.refugium.fql10.encode.ResultFormat;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the headers of a query ask for (language specification, section 10.4).
 *
 * @param typecheck empty if the database decides
 * @param timeoutMillis how long the query may take
 * @param attempts how often it may be tried in all
 * @param lastTransaction the time that the snapshot must have reached, in microseconds
 * @param tags as they are to be sent back, last first; empty if there are none
 */
public record QueryOptions(
    ResultFormat format,
    Optional<Boolean> typecheck,
    boolean linearized,
    boolean performanceHints,
    long timeoutMillis,
    int attempts,
    long lastTransaction,
    String tags) {
  private static final long DEFAULT_TIMEOUT = 120_000;
  private static final long MAX_TIMEOUT = 600_000;
  private static final int DEFAULT_RETRIES = 4;
  private static final int MAX_RETRIES = 7;
  private static final int MAX_TAGS = 25;
  private static final Pattern TAG_KEY = Pattern.compile("[A-Za-z0-9_]{1,40}");
  private static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9_]{1,80}");

  /**
   * Reads the headers.
   *
   * @param header the value of the header of a name, or null
   */
  public static QueryOptions read(Function<String, String> header) {
    return new QueryOptions(
        format(header.apply("x-format")),
        truth("x-typecheck", header.apply("x-typecheck")),
        truth("x-linearized", header.apply("x-linearized")).orElse(false),
        truth("x-performance-hints", header.apply("x-performance-hints")).orElse(false),
        timeout(header.apply("x-query-timeout-ms")),
        attempts(header.apply("x-max-contention-retries")),
        lastTransaction(header.apply("x-last-txn-ts")),
        tags(header.apply("x-query-tags")));
  }

  private static ResultFormat format(String text) {
    if (text == null) {
      return ResultFormat.SIMPLE;
    }
    ResultFormat format = ResultFormat.named(text);
    if (format == null) {
      throw RequestFailure.header("x-format", "Invalid format " + text);
    }
    return format;
  }

  private static Optional<Boolean> truth(String name, String text) {
    if (text == null) {
      return Optional.empty();
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw RequestFailure.header(name, "Must be a boolean value.");
    };
  }

  private static long timeout(String text) {
    String name = "x-query-timeout-ms";
    if (text == null) {
      return DEFAULT_TIMEOUT;
    }
    long millis = number(name, text);
    if (millis <= 0) {
      throw RequestFailure.header(name, "Must be greater than 0.");
    }
    if (millis > MAX_TIMEOUT) {
      throw RequestFailure.header(name, "Must be less than or equal to " + MAX_TIMEOUT + ".");
    }
    return millis;
  }

  private static int attempts(String text) {
    String name = "x-max-contention-retries";
    if (text == null) {
      return DEFAULT_RETRIES + 1;
    }
    long retries = number(name, text);
    if (retries < 0 || retries > MAX_RETRIES) {
      throw RequestFailure.header(name, "Must be between 0 and " + MAX_RETRIES + ".");
    }
    return (int) retries + 1;
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw RequestFailure.header(name, "Invalid number '" + text + "'.");
    }
  }

  private static long lastTransaction(String text) {
    if (text == null) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw RequestFailure.header("x-last-txn-ts", "Invalid timestamp '" + text + "'.");
    }
  }

  private static String tags(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String name = "x-query-tags";
    String[] tags = text.split(",", -1);
    Set<String> keys = new LinkedHashSet<>();
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      if (equals < 0 || tag.indexOf('=', equals + 1) >= 0) {
        throw RequestFailure.header(name, "invalid tags");
      }
      if (!TAG_KEY.matcher(tag.substring(0, equals)).matches()) {
        throw RequestFailure.header(name, "invalid key");
      }
      if (!TAG_VALUE.matcher(tag.substring(equals + 1)).matches()) {
        throw RequestFailure.header(name, "invalid value");
      }
      if (!keys.add(tag.substring(0, equals))) {
        throw RequestFailure.header(name, "duplicate key");
      }
    }
    if (tags.length > MAX_TAGS) {
      throw RequestFailure.header(name, "too many tags");
    }
    return String.join(",", Arrays.asList(tags).reversed());
  }
}
