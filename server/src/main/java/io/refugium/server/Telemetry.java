package io.refugium.server;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * Is told of every request: where it stands in its trace when it begins, and how it was answered.
 * Does nothing unless it was asked to. Thread-safe.
 */
public final class Telemetry {
  /** Nobody wants to know. */
  public static final Telemetry NONE = new Telemetry(null, null);

  private static final int SERVER_FAULT = 500;

  private final ServerMetrics metrics;
  private final Tracer tracer;

  /**
   * Tells metrics and traces.
   *
   * @param metrics where requests are counted; null for nowhere
   * @param tracer makes spans; null for none
   */
  public Telemetry(ServerMetrics metrics, Tracer tracer) {
    this.metrics = metrics;
    this.tracer = tracer;
  }

  /** Begins a request: continues the trace in its header, if that is valid, or starts one. */
  TraceContext begin(String traceparent) {
    TraceContext trace = TraceContext.from(traceparent);
    return tracer == null ? trace : trace.in(start(trace));
  }

  private Span start(TraceContext trace) {
    SpanBuilder span = tracer.spanBuilder("request").setSpanKind(SpanKind.SERVER);
    if (trace.isContinued()) {
      SpanContext caller =
          SpanContext.createFromRemoteParent(
              trace.traceId(),
              trace.parentId(),
              trace.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
              TraceState.getDefault());
      span.setParent(Context.root().with(Span.wrap(caller)));
    } else {
      span.setNoParent();
    }
    return span.startSpan();
  }

  /**
   * Ends a request.
   *
   * @param route the path, or what stands for all paths of a kind
   */
  void answered(Request request, String route, int status) {
    if (metrics != null) {
      metrics.answered(route, status, System.nanoTime() - request.receivedNanos());
    }
    Span span = request.trace().span();
    if (span != null) {
      span.updateName(request.method() + " " + route);
      span.setAttribute("http.request.method", request.method());
      span.setAttribute("http.route", route);
      span.setAttribute("http.response.status_code", status);
      if (status >= SERVER_FAULT) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }
}
