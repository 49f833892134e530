package io.refugium.server;

/**
 * Reads the values of request headers, with the errors of both protocols (spec: HTTP surface 4.1).
 */
final class HeaderValues {

  static final int DEFAULT_TIMEOUT_MILLIS = 120_000;
  static final int DEFAULT_RETRIES = 4;
  private static final int MAX_TIMEOUT_MILLIS = 600_000;
  private static final int MAX_RETRIES = 7;

  private HeaderValues() {}

  /**
   * A transaction time in microseconds, any signed 64-bit number; {@code Long.MIN_VALUE} if absent.
   */
  static long timestamp(Request request, String name) throws InvalidHeader {
    String text = request.header(name);
    if (text == null) {
      return Long.MIN_VALUE;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidHeader(name, "Invalid timestamp '" + text + "'.");
    }
  }

  /** The time that a query may take, in milliseconds. */
  static int timeoutMillis(Request request, String name) throws InvalidHeader {
    long millis = number(request, name, DEFAULT_TIMEOUT_MILLIS);
    if (millis <= 0) {
      throw new InvalidHeader(name, "Must be greater than 0.");
    }
    if (millis > MAX_TIMEOUT_MILLIS) {
      throw new InvalidHeader(name, "Must be less than or equal to " + MAX_TIMEOUT_MILLIS + ".");
    }
    return (int) millis;
  }

  /** How often a contended transaction is tried again. */
  static int retries(Request request, String name) throws InvalidHeader {
    long retries = number(request, name, DEFAULT_RETRIES);
    if (retries < 0 || retries > MAX_RETRIES) {
      throw new InvalidHeader(name, "Must be between 0 and " + MAX_RETRIES + ".");
    }
    return (int) retries;
  }

  /** True or false in any case; null if absent. */
  static Boolean truth(Request request, String name) throws InvalidHeader {
    String text = request.header(name);
    if (text == null) {
      return null;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new InvalidHeader(name, "Must be a boolean value.");
  }

  private static long number(Request request, String name, long absent) throws InvalidHeader {
    String text = request.header(name);
    if (text == null) {
      return absent;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidHeader(name, "Invalid number '" + text + "'.");
    }
  }
}
