package io.refugium.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What a server measures of itself, in the text format of Prometheus. Names of databases, secrets
 * and queries are never part of it. Thread-safe.
 */
public final class ServerMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  /** What requests are counted by; there are few of them. */
  private record Kind(String route, int status) {}

  /** Measures the process, and what it is told. */
  public ServerMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Something of which there is more or less at a time. */
  public <T> ServerMetrics gauge(
      String name, String description, T source, ToDoubleFunction<T> value) {
    Gauge.builder("refugium." + name, source, value)
        .description(description)
        .strongReference(true)
        .register(registry);
    return this;
  }

  /** Something that only grows. */
  public <T> ServerMetrics counter(
      String name, String description, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder("refugium." + name, source, value)
        .description(description)
        .register(registry);
    return this;
  }

  void answered(String route, int status, long nanos) {
    timers
        .computeIfAbsent(new Kind(route, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("refugium.requests")
        .description("Requests from receipt to answer; for streams, to their opening")
        .tags(Tags.of("route", kind.route, "status", Integer.toString(kind.status)))
        .register(registry);
  }

  byte[] text() {
    return registry.scrape().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    registry.close();
  }
}
