package io.refugium.server;

import io.refugium.access.RateLimitExceeded;
import io.refugium.database.MustWait;
import io.refugium.server.Response.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From Jetty's request to an {@link Endpoint} and back: limits, body, and the headers of every
 * answer.
 *
 * <p>Invariant: every request that has been parsed is answered exactly once, and no answer tells of
 * an exception. Jetty's threads, which call {@link #handle}, never wait in it.
 */
final class JettyHandler extends Handler.Abstract.NonBlocking {

  static final String JSON = "application/json;charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(JettyHandler.class);
  private static final HttpField CONTENT_TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "content-type", JSON);
  private static final HttpField CLOSE = new HttpField("connection", "close");

  /** Without its enum constant, because Jetty would leave out what HTTP/1.1 takes for granted. */
  private static final HttpField KEEP_ALIVE =
      new PreEncodedHttpField((HttpHeader) null, "connection", "keep-alive");

  /** What is counted, as elsewhere, for an answer that nobody waits for any more. */
  private static final int ABANDONED = 499;

  private final Routes routes;
  private final Limits limits;
  private final PendingBytes pending;
  private final HttpField build;
  private final Telemetry telemetry;
  private final Briefness briefness = new Briefness();
  private final Executor waiting;

  /**
   * A handler.
   *
   * @param waiting runs what may wait, each in a thread of its own
   */
  JettyHandler(Routes routes, Limits limits, String build, Telemetry telemetry, Executor waiting) {
    this.waiting = waiting;
    this.telemetry = telemetry;
    this.routes = routes;
    this.limits = limits;
    this.pending = new PendingBytes(limits.pending());
    this.build = new PreEncodedHttpField("x-faunadb-build", build);
  }

  @Override
  public boolean handle(
      Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
    if (acceptable(jetty)) {
      new Exchange(jetty, response, callback).read();
    } else {
      JettyErrorHandler.answer(JettyErrorHandler.Failure.BAD_REQUEST, response, callback);
    }
    return true;
  }

  private boolean acceptable(Request jetty) {
    String target = jetty.getHttpURI().getPathQuery();
    if (target == null || !QueryStrings.wellFormed(target)) {
      return false;
    }
    int line = jetty.getMethod().length() + target.length() + " ".length() * 2 + 8;
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

  /**
   * One request on its way to its answer. Jetty's own thread, which must not wait, begins it, and
   * answers it if that is known to be brief; whatever else goes on in a thread of its own.
   */
  private final class Exchange implements Runnable {
    private final Request jetty;
    private final org.eclipse.jetty.server.Response response;
    private final Callback callback;
    private final PendingBytes.Share share = pending.enter();
    private final BodyReader body;
    private final boolean asksToUpgrade;
    private io.refugium.server.Request request; // as soon as the body is there
    private long kind;

    Exchange(Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
      this.jetty = jetty;
      this.response = response;
      this.callback = callback;
      this.body = new BodyReader(jetty, limits, share);
      this.asksToUpgrade = JettyUpgrade.isAsked(jetty);
    }

    /** Called by Jetty's threads: at first, and then each time that more of the body has come. */
    void read() {
      try {
        if (!body.readAvailable()) {
          jetty.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::read));
        } else if (!isBrief() || !answeredBriefly()) {
          waiting.execute(this);
        }
      } catch (IOException e) {
        refuse(e);
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    private boolean isBrief() {
      if (asksToUpgrade) {
        return false;
      }
      receive();
      return kind != Briefness.NO_KIND && briefness.isBrief(kind);
    }

    private void receive() {
      if (request == null) {
        request = request(jetty, body.body());
        boolean compared =
            routes.find(request.path()).answersBriefly()
                && request.body().length > 0
                && request.body().length <= Briefness.MAX_BODY_BYTES;
        kind = compared ? Briefness.kindOf(request.path(), request.body()) : Briefness.NO_KIND;
      }
    }

    private boolean answeredBriefly() {
      Response answer;
      try {
        answer = timed(request.briefly());
      } catch (MustWait _) {
        briefness.wasMistaken(kind);
        return false;
      }
      send(answer);
      return true;
    }

    @Override
    public void run() {
      try {
        if (asksToUpgrade && body.refusal() == null) {
          upgrade();
        } else {
          receive();
          send(timed(request));
        }
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    private void fail(Throwable fault) {
      share.close();
      callback.failed(fault);
    }

    private Response timed(io.refugium.server.Request attempt) {
      long begun = System.nanoTime();
      Response answer = answer(attempt, body.refusal());
      if (kind != Briefness.NO_KIND) {
        briefness.took(kind, System.nanoTime() - begun);
      }
      return answer;
    }

    private void upgrade() {
      share.close();
      if (!JettyUpgrade.upgrade(jetty, body.body(), response, callback)) {
        JettyErrorHandler.answer(JettyErrorHandler.Failure.BAD_REQUEST, response, callback);
      }
    }

    /** Answers a request of which there is not all, or that is malformed. */
    private void refuse(IOException reason) {
      share.close();
      JettyErrorHandler.answer(
          reason instanceof RequestTooSlow
              ? JettyErrorHandler.Failure.TIMEOUT
              : JettyErrorHandler.Failure.BAD_REQUEST,
          response,
          callback);
    }

    private void send(Response answer) {
      share.close();
      JettyHandler.this.send(request, answer, jetty, response, body.refusal() != null, callback);
    }
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
        abandonment(jetty),
        true);
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

  private Response answer(io.refugium.server.Request request, BodyReader.Refusal refusal) {
    String origin = request.header("origin");
    if (Cors.isPreflight(request.method(), origin)) {
      return Cors.preflight(origin);
    }
    Endpoint endpoint = routes.find(request.path());
    Response response;
    if (refusal == null) {
      response = run(endpoint, request);
    } else {
      response = refusal.answer(endpoint.dialect(), request);
    }
    return origin == null ? response : response.with(Cors.headers(origin, response));
  }

  /**
   * The last line of defence: an endpoint's own errors are answers, so whatever it throws is a
   * fault of ours.
   *
   * @throws MustWait when the request must not wait, and would have to
   */
  private static Response run(Endpoint endpoint, io.refugium.server.Request request) {
    try {
      return endpoint.handle(request);
    } catch (MustWait handedOver) {
      throw handedOver;
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
