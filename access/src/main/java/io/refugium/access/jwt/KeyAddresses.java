package io.refugium.access.jwt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Which addresses signing keys may be fetched from: {@code https} ones with a valid certificate,
 * and whatever the configuration trusts for tests and development.
 *
 * @param trusted hosts, with their port if it is not the usual one ({@code localhost:9000}), that
 *     may use plain {@code http} or a self-signed certificate
 */
public record KeyAddresses(Set<String> trusted) {
  /** Only proper {@code https}. */
  public static final KeyAddresses STRICT = new KeyAddresses(Set.of());

  public KeyAddresses {
    trusted = Set.copyOf(trusted);
  }

  /** The address that this text spells, or null when keys may not be fetched from it. */
  public URI parse(String text) {
    try {
      URI uri = new URI(text);
      boolean absolute = uri.getHost() != null && uri.getUserInfo() == null;
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      boolean plain = "http".equalsIgnoreCase(uri.getScheme());
      return absolute && (secure || plain && isTrusted(uri)) ? uri : null;
    } catch (URISyntaxException notAnAddress) {
      return null;
    }
  }

  /** Whether the host need not prove who it is. */
  boolean isTrusted(URI uri) {
    return trusted.contains(
        uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
  }
}
