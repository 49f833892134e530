package io.refugium.server;

import java.time.Duration;

/**
 * What the HTTP layer allows (spec: HTTP surface 1, 14.2).
 *
 * @param body bytes of a request body; more is answered 413
 * @param pending bytes of all requests that are being read or served, of which large ones get half;
 *     more is answered 429
 * @param requestLine bytes of method, target and version; more is answered 400
 * @param headerBlock bytes of all header fields; more is answered 400
 * @param request time for a request to arrive completely; then it is answered 408
 * @param answer time for a client to take {@value JettyOutput#SLICE_BYTES} bytes of an answer or
 *     stream, or the rest of it; then it loses the answer
 * @param idle how long an HTTP/1.1 connection stays open between requests
 * @param idleHttp2 how long an HTTP/2 connection without requests stays open
 * @param connections connections that may be open at once; more are closed as they come
 * @param streams streams that may be open on one HTTP/2 connection; more are refused
 * @param bareFrames frames a second on one HTTP/2 connection that cost work and carry nothing:
 *     pings, settings, priorities, resets (also those that a client provokes), empty and malformed
 *     ones; more end the connection
 * @param certificates how often the files of a certificate are looked at for changes
 * @param drain how long a stop waits for running requests
 */
public record Limits(
    int body,
    long pending,
    int requestLine,
    int headerBlock,
    Duration request,
    Duration answer,
    Duration idle,
    Duration idleHttp2,
    int connections,
    int streams,
    int bareFrames,
    Duration certificates,
    Duration drain) {

  /** The values of the wire contract. */
  public static final Limits STANDARD =
      new Limits(
          8 * 1024 * 1024,
          Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 16),
          16 * 1024,
          8 * 1024,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          25_000,
          10_000,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));
}
