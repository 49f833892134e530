package io.refugium.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which root secrets may be used where. */
final class Secrets {

  /**
   * What development tools of Fauna's users have configured for local servers. Help tells it by
   * this name: picocli's variable for a default would tell what the environment says.
   */
  static final String DEFAULT = "secret";

  /** What help says of the option that takes one. */
  static final String OPTION =
      "The root secret. Others can read a command line: better use REFUGIUM_SECRET. Default: "
          + DEFAULT;

  private static final String RESERVED = "/,()&=:";

  private Secrets() {}

  /**
   * Checks a root secret against the grammar of scoped secrets, of which it must be able to be the
   * first part.
   *
   * @throws CommandFailure if it cannot serve; the message does not show it
   */
  static void requireUsable(String secret) {
    if (secret.isEmpty()) {
      throw new CommandFailure("The root secret must not be empty");
    }
    if (secret.chars().anyMatch(c -> RESERVED.indexOf(c) >= 0 || c <= ' ' || c == 0x7f)) {
      throw new CommandFailure(
          "The root secret must not contain white space or any of "
              + String.join(" ", RESERVED.split("")));
    }
  }

  /** Whether everybody who can reach this address is on this machine. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new CommandFailure("Unknown host " + host, e);
    }
  }
}
