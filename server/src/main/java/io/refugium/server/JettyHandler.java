package io.refugium.server;

import io.refugium.access.RateLimitExceeded;
import io.refugium.server.Response.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From Jetty's request to an {@link Endpoint} and back: limits, body, and the headers of every
 * answer.
 *
 * <p>Invariant: every request that has been parsed is answered exactly once, and no answer tells of
 * an exception.
 */
final class JettyHandler extends Handler.Abstract {

  static final String JSON = "application/json;charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(JettyHandler.class);
  private static final HttpField CONTENT_TYPE =
      new HttpField(HttpHeader.CONTENT_TYPE, "content-type", JSON);
  private static final HttpField CLOSE = new HttpField("connection", "close");

  /** Without its enum constant, because Jetty would leave out what HTTP/1.1 takes for granted. */
  private static final HttpField KEEP_ALIVE =
      new HttpField((HttpHeader) null, "connection", "keep-alive");

  private static final byte[] NO_BODY = {};

  /**
   * A body of up to this many times the limit is read to its end before it is refused, so that the
   * client listens.
   */
  private static final long PATIENCE = 4;

  /** What is counted, as elsewhere, for an answer that nobody waits for any more. */
  private static final int ABANDONED = 499;

  private final Routes routes;
  private final Limits limits;
  private final PendingBytes pending;
  private final HttpField build;
  private final Telemetry telemetry;

  JettyHandler(Routes routes, Limits limits, String build, Telemetry telemetry) {
    this.telemetry = telemetry;
    this.routes = routes;
    this.limits = limits;
    this.pending = new PendingBytes(limits.pending());
    this.build = field("x-faunadb-build", build);
  }

  @Override
  public boolean handle(
      Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
    if (!acceptable(jetty)) {
      JettyErrorHandler.answer(JettyErrorHandler.Failure.BAD_REQUEST, response, callback);
      return true;
    }
    io.refugium.server.Request request;
    Response answer;
    boolean refused;
    try (PendingBytes.Share share = pending.enter()) {
      Body body = readBody(jetty, share);
      if (JettyUpgrade.isAsked(jetty) && body.refusal() == null) {
        if (!JettyUpgrade.upgrade(jetty, body.bytes(), response, callback)) {
          JettyErrorHandler.answer(JettyErrorHandler.Failure.BAD_REQUEST, response, callback);
        }
        return true;
      }
      request = request(jetty, body.bytes());
      answer = answer(request, body.refusal());
      refused = body.refusal() != null;
    } catch (RequestTooSlow e) {
      JettyErrorHandler.answer(JettyErrorHandler.Failure.TIMEOUT, response, callback);
      return true;
    } catch (IOException malformedOrGone) {
      JettyErrorHandler.answer(JettyErrorHandler.Failure.BAD_REQUEST, response, callback);
      return true;
    }
    send(request, answer, jetty, response, refused, callback);
    return true;
  }

  private boolean acceptable(Request jetty) {
    HttpURI uri = jetty.getHttpURI();
    String target = uri.getPathQuery();
    if (target == null || !QueryStrings.wellFormed(target)) {
      return false;
    }
    int line = jetty.getMethod().length() + uri.asString().length() + " ".length() * 2 + 8;
    return line <= limits.requestLine() && headerBytes(jetty.getHeaders()) <= limits.headerBlock();
  }

  private static int headerBytes(HttpFields headers) {
    int bytes = 0;
    for (HttpField field : headers) {
      String value = field.getValue();
      bytes += field.getName().length() + (value == null ? 0 : value.length()) + ": \r\n".length();
    }
    return bytes;
  }

  /** Why a request is not served, before anything in it is looked at. */
  private enum Refusal {
    TOO_LARGE(ProtocolError.TOO_LARGE, "Request entity is too large"),
    OVERLOADED(ProtocolError.TOO_MANY_REQUESTS, "Too many pending requests");

    private final ProtocolError error;
    private final String description;

    Refusal(ProtocolError error, String description) {
      this.error = error;
      this.description = description;
    }
  }

  /**
   * The whole body.
   *
   * @param refusal why there is none; otherwise null
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way to the request, never compared
  private record Body(byte[] bytes, Refusal refusal) {}

  /**
   * Reads the body.
   *
   * @throws RequestTooSlow if it has not arrived in time
   */
  private Body readBody(Request jetty, PendingBytes.Share share) throws IOException {
    byte[] upgraded = JettyUpgrade.bodyOf(jetty);
    if (upgraded != null) {
      return share.grow(upgraded.length)
          ? new Body(upgraded, null)
          : new Body(NO_BODY, Refusal.OVERLOADED);
    }
    long length = jetty.getLength();
    if (length == 0) {
      return new Body(NO_BODY, share.isRefused() ? Refusal.OVERLOADED : null);
    }
    var buffer = new BodyBuffer(length, limits.body(), share);
    long deadline = System.nanoTime() + limits.request().toNanos();
    var waiter = new ContentWaiter(jetty);
    boolean last = false;
    while (!last && buffer.received() <= limits.body() * PATIENCE) {
      Content.Chunk chunk = jetty.read();
      if (chunk == null) {
        waiter.await(deadline);
      } else if (Content.Chunk.isFailure(chunk)) {
        throw RequestTooSlow.orElse(chunk.getFailure());
      } else {
        buffer.append(chunk.getByteBuffer());
        last = chunk.isLast();
        chunk.release();
      }
    }
    byte[] bytes = buffer.bytes();
    if (bytes != null) {
      return new Body(bytes, null);
    }
    return new Body(NO_BODY, buffer.isTooLarge() ? Refusal.TOO_LARGE : Refusal.OVERLOADED);
  }

  private io.refugium.server.Request request(Request jetty, byte[] body) {
    HttpURI uri = jetty.getHttpURI();
    String path = uri.getPath();
    long nanos = jetty.getBeginNanoTime();
    long now = System.currentTimeMillis();
    HttpFields headers = jetty.getHeaders();
    return new io.refugium.server.Request(
        jetty.getMethod(),
        path == null || path.isEmpty() ? "/" : path,
        uri.getQuery(),
        headers::get,
        body,
        TimeUnit.MILLISECONDS.toMicros(now),
        nanos,
        telemetry.begin(headers.get("traceparent")),
        Sources.of(jetty.getConnectionMetaData().getRemoteSocketAddress()),
        abandonment(jetty));
  }

  /** HTTP/1.1 cannot tell: what the client sends next, an end too, is read after the answer. */
  private static BooleanSupplier abandonment(Request jetty) {
    if (jetty.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      return () -> false;
    }
    var gone = new AtomicBoolean();
    jetty.addIdleTimeoutListener(_ -> false); // who waits for an answer has nothing to say
    jetty.addFailureListener(_ -> gone.set(true));
    return gone::get;
  }

  private Response answer(io.refugium.server.Request request, Refusal refusal) {
    String origin = request.header("origin");
    if (Cors.isPreflight(request.method(), origin)) {
      return Cors.preflight(origin);
    }
    Endpoint endpoint = routes.find(request.path());
    Response response;
    if (refusal == null) {
      response = run(endpoint, request);
    } else {
      response = endpoint.dialect().error(refusal.error, refusal.description, request);
    }
    return origin == null ? response : response.with(Cors.headers(origin, response));
  }

  /**
   * The last line of defence: an endpoint's own errors are answers, so whatever it throws is a
   * fault of ours.
   */
  private static Response run(Endpoint endpoint, io.refugium.server.Request request) {
    try {
      return endpoint.handle(request);
    } catch (RateLimitExceeded exceeded) {
      // Queries tell it with what they have cost; the others in this one way.
      return endpoint
          .dialect()
          .error(ProtocolError.TOO_MANY_REQUESTS, exceeded.getMessage(), request);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error(
          "Unexpected failure of {} {} (trace {})",
          request.method(),
          request.path(),
          request.trace().traceId(),
          e);
      return endpoint
          .dialect()
          .error(
              ProtocolError.INTERNAL,
              "Unexpected failure. Please report it with trace "
                  + request.trace().traceId()
                  + " to the operator of this Refugium.",
              request);
    }
  }

  private void send(
      io.refugium.server.Request request,
      Response answer,
      Request jetty,
      org.eclipse.jetty.server.Response response,
      boolean close,
      Callback callback) {
    telemetry.answered(
        request,
        routes.nameOf(request.path()),
        request.abandoned().getAsBoolean() ? ABANDONED : answer.status());
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    boolean streaming = answer.stream() != null;
    if (streaming || answer.body().length > 0) {
      headers.put(CONTENT_TYPE);
    }
    if (!streaming) {
      headers.put("content-length", answer.body().length);
    }
    headers.add(field("traceparent", request.trace().header()));
    headers.add(build);
    for (Header field : answer.headers()) {
      headers.add(field(field.name(), field.value()));
    }
    switch (jetty.getConnectionMetaData().getHttpVersion()) {
      case HTTP_1_1 -> headers.put(close || asksToClose(jetty) ? CLOSE : KEEP_ALIVE);
      case HTTP_1_0 -> headers.put(CLOSE);
      default -> {}
    }
    var output = new JettyOutput(jetty, response, limits.answer());
    if (streaming) {
      JettyStream.run(answer.stream(), jetty, output, callback);
    } else {
      output.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
  }

  /** Saves Jetty the look-up of what the name may mean to it: to these names it does nothing. */
  private static HttpField field(String name, String value) {
    return new HttpField((HttpHeader) null, name, value);
  }

  private static boolean asksToClose(Request jetty) {
    return jetty.getHeaders().contains(HttpHeader.CONNECTION, "close");
  }
}
