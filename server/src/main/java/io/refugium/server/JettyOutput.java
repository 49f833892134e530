package io.refugium.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The body of one answer on its way to the client, in slices each of which has to be taken in time.
 * Jetty's idle timeouts are of no use for that: streams switch them off because they may be silent,
 * and a byte now and then starts them anew.
 *
 * <p>Invariant: a client that does not read holds a thread, a stream or the bytes of an answer for
 * no longer than the limit for each slice. Of an HTTP/2 connection only the stream ends if that is
 * enough, because others on it may be read.
 */
final class JettyOutput {
  /** So much may have to be taken at once; nearly all answers are smaller. */
  static final int SLICE_BYTES = 256 * 1024;

  private final Request request;
  private final Response response;
  private final Duration limit;

  /** Output in which the client has so long for each slice. */
  JettyOutput(Request request, Response response, Duration limit) {
    this.request = request;
    this.response = response;
    this.limit = limit;
  }

  /** Writes without waiting; the callback fails if the client is gone or takes too long. */
  void write(boolean last, ByteBuffer bytes, Callback callback) {
    if (bytes.remaining() <= SLICE_BYTES) {
      writeSlice(last, bytes, callback);
    } else {
      new Slices(last, bytes, callback).iterate();
    }
  }

  /**
   * Writes and waits until all has been taken.
   *
   * @throws IOException if the client is gone or takes too long
   */
  void write(ByteBuffer bytes) throws IOException {
    try (Blocker.Callback blocker = Blocker.callback()) {
      write(false, bytes, blocker);
      blocker.block();
    }
  }

  private void writeSlice(boolean last, ByteBuffer slice, Callback callback) {
    var patience = new Patience(callback);
    response.write(last, slice, patience);
    patience.begin();
  }

  /** Writes one slice after the other. */
  private final class Slices extends IteratingCallback {
    private final boolean last;
    private final ByteBuffer rest;
    private final Callback callback;

    private Slices(boolean last, ByteBuffer bytes, Callback callback) {
      this.last = last;
      this.rest = bytes.slice();
      this.callback = callback;
    }

    @Override
    protected Action process() {
      if (!rest.hasRemaining()) {
        return Action.SUCCEEDED;
      }
      int size = Math.min(SLICE_BYTES, rest.remaining());
      ByteBuffer slice = rest.slice(rest.position(), size);
      rest.position(rest.position() + size);
      writeSlice(last && !rest.hasRemaining(), slice, this);
      return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
      callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      callback.failed(cause);
    }
  }

  /** Waits for one slice to be taken. Nearly all are at once, so that no timer is needed. */
  private final class Patience implements Callback {
    private final Callback callback;
    private final Connection connection = request.getConnectionMetaData().getConnection();
    private final String id = request.getId();
    private final Scheduler scheduler = request.getComponents().getScheduler();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Scheduler.Task timer;

    private Patience(Callback callback) {
      this.callback = callback;
    }

    private void begin() {
      if (!over.get()) {
        timer = scheduler.schedule(this::end, limit.toNanos(), TimeUnit.NANOSECONDS);
        if (over.get()) {
          timer.cancel();
        }
      }
    }

    @Override
    public void succeeded() {
      if (taken()) {
        callback.succeeded();
      } else {
        callback.failed(tooSlow());
      }
    }

    @Override
    public void failed(Throwable cause) {
      callback.failed(taken() ? cause : tooSlow());
    }

    @Override
    public InvocationType getInvocationType() {
      return callback.getInvocationType();
    }

    private boolean taken() {
      boolean inTime = over.compareAndSet(false, true);
      Scheduler.Task running = timer;
      if (running != null) {
        running.cancel();
      }
      return inTime;
    }

    /** Fails the write, so that what waits for it ends in the way in which it always ends. */
    private void end() {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      if (connection instanceof HTTP2Connection http2) {
        // The frame that ends a stream has to be taken like any other.
        timer = scheduler.schedule(this::disconnect, limit.toNanos(), TimeUnit.NANOSECONDS);
        HTTP2Stream stream = http2.getSession().getStream(Integer.parseInt(id));
        if (stream != null) {
          stream.reset(
              new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        }
      } else {
        disconnect();
      }
    }

    /** At once: TLS would say goodbye first, to a client that does not read. */
    private void disconnect() {
      EndPoint endPoint = connection.getEndPoint();
      while (endPoint instanceof EndPoint.Wrapper wrapper) {
        endPoint = wrapper.unwrap();
      }
      endPoint.close(tooSlow());
    }

    private TimeoutException tooSlow() {
      return new TimeoutException("The client does not read its answer");
    }
  }
}
