package io.refugium.server;

/**
 * What answers the requests to one path or family of paths.
 *
 * <p>Thread-safe: called by many threads at once. It may block; it should return by the request's
 * own deadline.
 */
public interface Endpoint {

  /**
   * Answers one request.
   *
   * @return the complete answer; {@code traceparent}, {@code x-faunadb-build}, {@code
   *     content-length} and CORS headers are added by the server
   */
  Response handle(Request request);

  /**
   * Whether requests to this endpoint may be brief: then it heeds {@link Request#mayWait}, and
   * throws {@link io.refugium.database.MustWait} where it would have to wait.
   */
  default boolean answersBriefly() {
    return false;
  }

  /** The shape of errors that the server answers on this endpoint's behalf, such as 413 and 500. */
  Dialect dialect();
}
