package io.refugium.benchmarks.micro;

import io.refugium.fql4.functions.StandardLibrary;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Language;
import io.refugium.fql4.language.Program;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of an FQL v4 request to a program: requests as drivers send them, each time with
 * other literals, so that only their shape is known; and each time of a new shape.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class Fql4Benchmark {
  private static final String GET =
      """
      {"get":{"@ref":{"id":"%d","collection":{"@ref":{"id":"todos","collection":{"@ref":{"id":"collections"}}}}}}}""";
  private static final String CREATE =
      """
      {"create":{"collection":"todos"},"params":{"object":{"data":{"object":{"title":"Todo %d","done":false,"tags":["a","b"]}}}}}""";
  private static final String PAGE =
      """
      {"map":{"lambda":"ref","expr":{"select":["data","title"],"from":{"get":{"var":"ref"}}}},
      "collection":{"paginate":{"match":{"index":"todos_by_owner"},"terms":"user %d"},"size":64}}""";

  private final Language language = new Language(StandardLibrary.create());
  private int request;

  private Program compile(String text) {
    return language.compile(
        text.formatted(++request).getBytes(StandardCharsets.UTF_8), ApiVersion.V4);
  }

  /** What making the text of a request costs the benchmarks below. */
  @Benchmark
  public byte[] nothing() {
    return GET.formatted(++request).getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public Program get() {
    return compile(GET);
  }

  @Benchmark
  public Program create() {
    return compile(CREATE);
  }

  @Benchmark
  public Program page() {
    return compile(PAGE);
  }

  /** The same page, with a variable whose name was never seen. */
  @Benchmark
  public Program pageOfNewShape() {
    return compile(PAGE.replace("\"ref\"", "\"ref" + request + "\""));
  }
}
