package io.refugium.server;

import io.opentelemetry.api.trace.Span;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The place of a request in a W3C trace (spec: HTTP surface 16).
 *
 * @param traceId 32 lower-case hexadecimal digits: the caller's if it sent a valid {@code
 *     traceparent}
 * @param spanId 16 hexadecimal digits, made for this request
 * @param parentId the caller's span; null if this request starts the trace
 * @param isSampled whether the caller wants the trace to be recorded
 * @param span the span of this request; null if none is recorded
 */
public record TraceContext(
    String traceId, String spanId, String parentId, boolean isSampled, Span span) {

  private static final int LENGTH = 55;
  private static final HexFormat HEX = HexFormat.of();

  /**
   * Continues the caller's trace, or starts one if the header is absent (null) or in any way
   * invalid.
   */
  public static TraceContext from(String traceparent) {
    return valid(traceparent)
        ? new TraceContext(
            traceparent.substring(3, 35),
            fresh(16),
            traceparent.substring(36, 52),
            (Character.digit(traceparent.charAt(54), 16) & 1) != 0,
            null)
        : new TraceContext(fresh(32), fresh(16), null, false, null);
  }

  /** Whether the caller's trace goes on here. */
  boolean isContinued() {
    return parentId != null;
  }

  /** The same place, recorded by a span. */
  TraceContext in(Span recorded) {
    return recorded.getSpanContext().isValid()
        ? new TraceContext(
            recorded.getSpanContext().getTraceId(),
            recorded.getSpanContext().getSpanId(),
            parentId,
            isSampled,
            recorded)
        : this;
  }

  /** The value of the response's {@code traceparent}. */
  public String header() {
    return "00-" + traceId + "-" + spanId + "-00";
  }

  private static boolean valid(String header) {
    return header != null
        && header.length() == LENGTH
        && header.startsWith("00-")
        && header.charAt(35) == '-'
        && header.charAt(52) == '-'
        && isId(header, 3, 35)
        && isId(header, 36, 52)
        && isHex(header, 53, 55);
  }

  private static boolean isId(String text, int from, int to) {
    return isHex(text, from, to) && !text.substring(from, to).chars().allMatch(c -> c == '0');
  }

  private static boolean isHex(String text, int from, int to) {
    return text.substring(from, to)
        .chars()
        .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
  }

  /** A random id that is not zero. Ids identify, they do not protect: a fast generator will do. */
  private static String fresh(int digits) {
    var random = ThreadLocalRandom.current();
    String last = HEX.toHexDigits(random.nextLong() | 1);
    return digits == 16 ? last : HEX.toHexDigits(random.nextLong()) + last;
  }
}
