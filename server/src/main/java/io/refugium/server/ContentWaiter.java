package io.refugium.server;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;

/** Lets one thread wait until more of a request's body can be read. */
final class ContentWaiter {

  private final Request request;
  private final Semaphore available = new Semaphore(0);

  ContentWaiter(Request request) {
    this.request = request;
  }

  /**
   * Waits for content, an end or a failure to read.
   *
   * @param deadline in terms of {@link System#nanoTime}
   * @throws RequestTooSlow if there is none by the deadline
   */
  void await(long deadline) throws RequestTooSlow, InterruptedIOException {
    request.demand(available::release);
    try {
      if (!available.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new RequestTooSlow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a request's body was read");
    }
  }
}
