package io.refugium.server;

import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the body of one request as it comes, without ever waiting for it. Confined to one thread at
 * a time.
 *
 * <p>A client that sends nothing is noticed by Jetty, one that sends too slowly with the next bytes
 * that it sends.
 */
final class BodyReader {
  private static final byte[] NO_BODY = {};

  /**
   * A body of up to this many times the limit is read to its end before it is refused, so that the
   * client listens.
   */
  private static final long PATIENCE = 4;

  private final Request request;
  private final Limits limits;
  private final PendingBytes.Share share;
  private final long deadline;
  private BodyBuffer buffer; // null when nothing has to be read
  private byte[] bytes;
  private boolean ended;

  /** A reader that takes its memory from a share. */
  BodyReader(Request request, Limits limits, PendingBytes.Share share) {
    this.request = request;
    this.limits = limits;
    this.share = share;
    this.deadline = System.nanoTime() + limits.request().toNanos();
    byte[] upgraded = JettyUpgrade.bodyOf(request);
    if (upgraded != null) {
      share.grow(upgraded.length);
      this.bytes = upgraded;
    } else if (request.getLength() == 0) {
      this.bytes = NO_BODY;
    } else {
      this.buffer = new BodyBuffer(request.getLength(), limits.body(), share);
    }
    this.ended = buffer == null;
  }

  /**
   * Reads what has come; whether that is all, or all that will be read.
   *
   * @throws RequestTooSlow if there should be more by now
   * @throws IOException if the client is gone, or breaks the protocol
   */
  boolean readAvailable() throws IOException {
    while (!ended) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        requireTime();
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw RequestTooSlow.orElse(chunk.getFailure());
      }
      buffer.append(chunk.getByteBuffer());
      ended = chunk.isLast() || buffer.received() > limits.body() * PATIENCE;
      chunk.release();
    }
    return true;
  }

  private void requireTime() throws RequestTooSlow {
    if (System.nanoTime() - deadline > 0) {
      throw new RequestTooSlow();
    }
  }

  /** Why the request is not to be served, after reading; null if it is. */
  Refusal refusal() {
    if (buffer != null && buffer.isTooLarge()) {
      return Refusal.TOO_LARGE;
    }
    return share.isRefused() ? Refusal.OVERLOADED : null;
  }

  /** The whole body, after reading; empty if the request is refused. */
  byte[] body() {
    if (refusal() != null) {
      return NO_BODY;
    }
    if (bytes == null) {
      bytes = buffer.bytes();
    }
    return bytes;
  }

  /** Why a request is not served, before anything in it is looked at. */
  enum Refusal {
    TOO_LARGE(ProtocolError.TOO_LARGE, "Request entity is too large"),
    OVERLOADED(ProtocolError.TOO_MANY_REQUESTS, "Too many pending requests");

    private final ProtocolError error;
    private final String description;

    Refusal(ProtocolError error, String description) {
      this.error = error;
      this.description = description;
    }

    Response answer(Dialect dialect, io.refugium.server.Request request) {
      return dialect.error(error, description, request);
    }
  }
}
