package io.refugium.server;

import io.refugium.access.RateLimitExceeded;
import io.refugium.database.MustWait;
import io.refugium.database.refusal.WritesUnavailable;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to its answer. Jetty's own thread, which must not wait, begins it, and
 * answers it if that is known to be brief; whatever else goes on in a thread of its own.
 *
 * <p>Invariant: it is answered exactly once, and no answer tells of an exception.
 */
final class JettyExchange implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JettyExchange.class);

  /** What is counted, as elsewhere, for an answer that nobody waits for any more. */
  private static final int ABANDONED = 499;

  /**
   * What all exchanges of a server go by.
   *
   * @param briefness which kinds of request Jetty's threads answer themselves
   * @param waiting runs what may wait, each in a thread of its own
   */
  record Server(
      Routes routes,
      Limits limits,
      PendingBytes pending,
      Telemetry telemetry,
      Briefness briefness,
      Executor waiting,
      JettyAnswers answers) {}

  private final Server server;
  private final Request jetty;
  private final org.eclipse.jetty.server.Response response;
  private final Callback callback;
  private final PendingBytes.Share share;
  private final BodyReader body;
  private final boolean asksToUpgrade;
  private io.refugium.server.Request request; // as soon as the body is there
  private long kind;

  JettyExchange(
      Server server, Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
    this.server = server;
    this.share = server.pending.enter();
    this.jetty = jetty;
    this.response = response;
    this.callback = callback;
    this.body = new BodyReader(jetty, server.limits, share);
    this.asksToUpgrade = JettyUpgrade.isAsked(jetty);
  }

  /**
   * Called at first, and then each time that more of the body has come, by one of Jetty's threads
   * or by the one that has answered the last request of the connection.
   */
  void read() {
    try {
      if (!body.readAvailable()) {
        jetty.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::read));
      } else if (!isBrief() || !answeredBriefly()) {
        server.waiting.execute(this);
      }
    } catch (IOException e) {
      refuse(e);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private boolean isBrief() {
    // Virtual threads are not preempted: who asks without end gets another one each time.
    if (asksToUpgrade || Thread.currentThread().isVirtual()) {
      return false;
    }
    receive();
    return kind != Briefness.NO_KIND && server.briefness.isBrief(kind);
  }

  private void receive() {
    if (request == null) {
      request = request();
      boolean compared =
          server.routes.find(request.path()).answersBriefly()
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
      server.briefness.wasMistaken(kind);
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
        goOn(timed(request));
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void goOn(Response answer) {
    if (answer.stream() == null) {
      JettyThreads.sendAndGoOn(() -> send(answer));
    } else {
      send(answer);
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
      server.briefness.took(kind, System.nanoTime() - begun);
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
    server.telemetry.answered(
        request,
        server.routes.nameOf(request.path()),
        request.abandoned().getAsBoolean() ? ABANDONED : answer.status());
    boolean close = body.refusal() != null;
    server.answers.send(answer, request.trace(), close, jetty, response, callback);
  }

  private io.refugium.server.Request request() {
    long nanos = jetty.getBeginNanoTime();
    long now = System.currentTimeMillis();
    HttpFields headers = jetty.getHeaders();
    return new io.refugium.server.Request(
        jetty.getMethod(),
        pathOf(jetty),
        jetty.getHttpURI().getQuery(),
        headers::get,
        body.body(),
        TimeUnit.MILLISECONDS.toMicros(now),
        nanos,
        server.telemetry.begin(headers.get("traceparent")),
        Sources.of(jetty.getConnectionMetaData().getRemoteSocketAddress()),
        abandonment(jetty),
        true);
  }

  /** The path that a request asks for; the root if it names none. */
  static String pathOf(Request jetty) {
    String path = jetty.getHttpURI().getPath();
    return path == null || path.isEmpty() ? "/" : path;
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
    Endpoint endpoint = server.routes.find(request.path());
    Response response;
    if (refusal == null) {
      response = run(endpoint, request);
    } else {
      response = refusal.answer(endpoint.dialect(), request);
    }
    return Cors.allowing(origin, response);
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
    } catch (WritesUnavailable unavailable) {
      return endpoint.dialect().error(ProtocolError.TIME_OUT, unavailable.getMessage(), request);
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
}
