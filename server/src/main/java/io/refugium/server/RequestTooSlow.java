package io.refugium.server;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A request whose body has not arrived in time. */
final class RequestTooSlow extends IOException {

  private static final long serialVersionUID = 1L;

  RequestTooSlow() {
    super("The request's body did not arrive in time");
  }

  /** What a failed read means: idle connections fail with a time-out. */
  static IOException orElse(Throwable failure) {
    return failure instanceof TimeoutException ? new RequestTooSlow() : new IOException(failure);
  }
}
