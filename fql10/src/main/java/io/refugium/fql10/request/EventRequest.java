package io.refugium.fql10.request;

import io.refugium.fql10.events.EventPosition;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a request for events (http specification, sections 12.1 and 13).
 *
 * @param token the text of the event source
 * @param cursor where to begin; empty if not given
 * @param startTime after which time to begin, in microseconds; empty if not given
 * @param pageSize how many events a page of a feed has at most
 */
public record EventRequest(
    Kind kind,
    String token,
    Optional<EventPosition> cursor,
    Optional<Long> startTime,
    int pageSize) {
  private static final int DEFAULT_PAGE = 16;
  private static final int LARGEST_PAGE = 16_000;
  private static final String NOT_JSON = "Invalid request body: not a JSON value";

  /** The two endpoints, which say the same things in slightly different words. */
  public enum Kind {
    STREAM("stream", ""),
    FEED("event source", ".");

    private final String source;
    private final String stop;

    Kind(String source, String stop) {
      this.source = source;
      this.stop = stop;
    }

    /** The token is none. */
    public RequestFailure invalidToken() {
      return RequestFailure.body("invalid event source provided" + stop);
    }

    RequestFailure invalidCursor() {
      return RequestFailure.body("invalid event cursor provided" + stop);
    }

    /** The source cannot be opened by whoever asks. */
    public RequestFailure notOpened(String reason) {
      return RequestFailure.invalid("Error evaluating provided " + source + ", " + reason);
    }
  }

  /**
   * Reads a body.
   *
   * @throws RequestFailure if it is none
   */
  public static EventRequest read(Kind kind, byte[] body) {
    if (body.length == 0) {
      throw RequestFailure.invalid("No request body provided");
    }
    Json json = JsonReader.read(body, NOT_JSON);
    if (!(json instanceof Json.Struct(List<Map.Entry<String, Json>> members))) {
      throw unexpected(json);
    }
    Map<String, Json> parts = new LinkedHashMap<>();
    members.forEach(member -> parts.put(member.getKey(), member.getValue()));
    if (!parts.containsKey("token")) {
      throw RequestFailure.body("Value for key token not found.");
    }
    String token = text(parts.get("token"));
    Optional<String> cursor = Optional.ofNullable(parts.get("cursor")).map(EventRequest::text);
    Optional<Long> start = Optional.ofNullable(parts.get("start_ts")).map(EventRequest::number);
    int pageSize =
        kind == Kind.FEED && parts.containsKey("page_size")
            ? pageSize(number(parts.get("page_size")))
            : DEFAULT_PAGE;
    if (cursor.isPresent() && start.isPresent()) {
      throw RequestFailure.body("can not provide both `start_ts` and `cursor`" + kind.stop);
    }
    Optional<EventPosition> position =
        cursor.map(text -> EventPosition.ofCursor(text).orElseThrow(kind::invalidCursor));
    return new EventRequest(kind, token, position, start, pageSize);
  }

  private static int pageSize(long size) {
    if (size <= 0) {
      throw RequestFailure.body("page size must be greater than zero.");
    }
    if (size > LARGEST_PAGE) {
      throw RequestFailure.body("page size can not be greater than " + LARGEST_PAGE + ".");
    }
    return (int) size;
  }

  private static String text(Json json) {
    if (json instanceof Json.Text(String value)) {
      return value;
    }
    throw unexpected(json);
  }

  private static long number(Json json) {
    if (json instanceof Json.IntegerNumber(String digits)) {
      BigInteger number = new BigInteger(digits);
      if (number.bitLength() < Long.SIZE) {
        return number.longValue();
      }
    }
    throw unexpected(json);
  }

  private static RequestFailure unexpected(Json json) {
    return RequestFailure.body(
        "Unexpected "
            + switch (json) {
              case Json.Null() -> "null value.";
              case Json.Truth(boolean value) -> value + " value.";
              case Json.IntegerNumber(String digits) -> "integer value " + digits + ".";
              case Json.DecimalNumber(String text) -> "float value " + text + ".";
              case Json.Text(String value) -> "string value '" + value + "'.";
              case Json.Array ignored -> "array value.";
              case Json.Struct ignored -> "object value.";
            });
  }
}
