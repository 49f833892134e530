package io.refugium.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a request comes from, as far as that tells one party from another: an IPv4 address, or the
 * network of an IPv6 address, of which everybody has billions to choose from.
 */
final class Sources {
  private static final int NETWORK_BYTES = 8;

  private Sources() {}

  /** A text for the source, or null when it has no address. */
  static String of(SocketAddress remote) {
    InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return switch (address) {
      case null -> null;
      case Inet6Address six ->
          HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES));
      default -> address.getHostAddress();
    };
  }
}
