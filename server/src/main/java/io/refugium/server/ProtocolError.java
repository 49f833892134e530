package io.refugium.server;

/**
 * Errors of the protocol rather than of a query: status and code in both languages (spec: HTTP
 * surface 14.1).
 */
public enum ProtocolError {
  BAD_REQUEST(400, "bad request", "invalid_request"),
  UNAUTHORIZED(401, "unauthorized", "unauthorized"),
  FORBIDDEN(403, "permission denied", "forbidden"),
  NOT_FOUND(404, "not found", "not_found"),
  METHOD_NOT_ALLOWED(405, "method not allowed", "method_not_allowed"),
  CONFLICT(409, "conflict", "conflict"),
  CONTENDED(409, "contended transaction", "contended_transaction"),
  TOO_LARGE(413, "request too large", "request_size_exceeded"),
  TOO_MANY_REQUESTS(429, "too many requests", "limit_exceeded"),
  AGGRESSIVE_DEADLINE(440, "processing time limit exceeded", "time_out"),
  INTERNAL(500, "internal server error", "internal_error"),
  TIME_OUT(503, "time out", "time_out");

  private final int status;
  private final String v4Code;
  private final String v10Code;

  ProtocolError(int status, String v4Code, String v10Code) {
    this.status = status;
    this.v4Code = v4Code;
    this.v10Code = v10Code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The code in the given dialect. */
  public String code(Dialect dialect) {
    return switch (dialect) {
      case V4 -> v4Code;
      case V10 -> v10Code;
    };
  }
}
