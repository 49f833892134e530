package io.refugium.fql10.request;

/**
 * A request that is answered without running a query (language specification, section 13.1): the
 * answer has a code and a message and no summary. Carries no stack trace.
 */
public final class RequestFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public RequestFailure(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** A request of the wrong form. */
  public static RequestFailure invalid(String message) {
    return new RequestFailure(400, "invalid_request", message);
  }

  static RequestFailure body(String reason) {
    return invalid("Invalid request body: " + reason);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
