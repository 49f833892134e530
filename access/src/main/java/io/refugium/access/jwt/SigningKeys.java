package io.refugium.access.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys of identity providers, fetched when needed and kept for a while (spec access
 * 9.2): up to an hour, refreshed in the background before that; a token with an unknown key, or
 * that a known one did not sign, causes one new look, not more often than every half second for
 * each address. Thread-safe. Blocks while it fetches, so it is never called inside a transaction.
 */
public final class SigningKeys {
  /** Addresses whose keys are kept. */
  private static final int ADDRESSES = 1_000;

  private static final Duration USABLE = Duration.ofHours(1);
  private static final Duration FRESH = Duration.ofMinutes(30);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

  private final KeyAddresses addresses;
  private final KeyServer server;
  private final InstantSource clock;
  private final Cache<URI, Source> sources = Caffeine.newBuilder().maximumSize(ADDRESSES).build();

  public SigningKeys(KeyAddresses addresses) {
    this(addresses, new HttpKeyServer(addresses), InstantSource.system());
  }

  SigningKeys(KeyAddresses addresses, KeyServer server, InstantSource clock) {
    this.addresses = addresses;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Whether a token is signed with one of the keys published at an address, and valid now. Whatever
   * goes wrong means no.
   */
  public boolean vouchFor(Jwt token, String address) {
    URI uri = addresses.parse(address);
    if (uri == null || !token.isTimely(clock.instant())) {
      return false;
    }
    return sources.get(uri, Source::new).vouchesFor(token);
  }

  /** The moment that tokens are judged by. */
  public Instant now() {
    return clock.instant();
  }

  /** The keys of one address. */
  private final class Source {
    private final URI uri;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile Known known = new Known(new KeySet(List.of()), null, Instant.MIN);
    private volatile Instant lastTry = Instant.MIN;

    Source(URI uri) {
      this.uri = uri;
    }

    /**
     * Whether one of the keys signed it. A key that did not is looked up once more: some providers
     * publish another key under the same name, or under none.
     */
    boolean vouchesFor(Jwt token) {
      RSAPublicKey key = find(token.keyId());
      if (key == null || token.isSignedWith(key)) {
        return key != null;
      }
      RSAPublicKey newer = fetchUnlessKnown(token.keyId());
      return newer != null && !newer.equals(key) && token.isSignedWith(newer);
    }

    private RSAPublicKey find(String id) {
      Instant now = clock.instant();
      Known current = known;
      if (current.isOlderThan(USABLE, now)) {
        return fetchUnlessKnown(id);
      }
      RSAPublicKey key = current.keys.find(id);
      if (key == null) {
        return fetchUnlessKnown(id);
      }
      if (current.isOlderThan(FRESH, now) && refreshing.compareAndSet(false, true)) {
        Thread.ofVirtual().start(this::refresh);
      }
      return key;
    }

    private void refresh() {
      try {
        fetchUnlessTriedAt(clock.instant());
      } finally {
        refreshing.set(false);
      }
    }

    private RSAPublicKey fetchUnlessKnown(String id) {
      fetchUnlessTriedAt(clock.instant());
      Known current = known;
      return current.isOlderThan(USABLE, clock.instant()) ? null : current.keys.find(id);
    }

    /** One fetch at a time; who has waited for another's is content with that. */
    private void fetchUnlessTriedAt(Instant now) {
      fetching.lock();
      try {
        if (!lastTry.isAfter(now.minus(PAUSE))) {
          fetch(now);
          lastTry =
              clock.instant(); // after it, so that whoever waited meanwhile does not try again
        }
      } finally {
        fetching.unlock();
      }
    }

    private void fetch(Instant now) {
      try {
        KeyServer.Answer answer = server.get(uri, known.tag);
        known =
            answer == null
                ? new Known(known.keys, known.tag, now)
                : new Known(KeySet.parse(answer.body()), answer.tag(), now);
      } catch (IOException | ParseException | IllegalArgumentException e) {
        LOG.warn("Signing keys could not be fetched from {}: {}", uri.getHost(), e.getMessage());
      }
    }
  }

  /**
   * What an address answered.
   *
   * @param fetched when; {@link Instant#MIN} for never
   */
  private record Known(KeySet keys, String tag, Instant fetched) {
    boolean isOlderThan(Duration age, Instant now) {
      return fetched.equals(Instant.MIN) || fetched.isBefore(now.minus(age));
    }
  }
}
