package io.refugium.server;

/** A request header that cannot be understood; the message is exact, both protocols show it. */
public final class InvalidHeader extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * An error.
   *
   * @param name the header's name in lower case
   */
  InvalidHeader(String name, String reason) {
    super("Invalid header '" + name + "': " + reason, null, false, false);
  }
}
