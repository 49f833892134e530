package io.refugium.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body that goes on: each piece is one chunk or DATA frame, flushed at once (spec: HTTP
 * surface 11.7). A silent stream is no idle connection, so Jetty's idle timeout does not end it; a
 * client that has gone does, and one that does not read ({@link JettyOutput}).
 */
final class JettyStream {
  private static final Logger LOG = LoggerFactory.getLogger(JettyStream.class);

  private JettyStream() {}

  static void run(
      io.refugium.server.Response.Stream stream,
      Request jetty,
      JettyOutput output,
      Callback callback) {
    Thread running = Thread.currentThread();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    jetty.addIdleTimeoutListener(timeout -> false);
    jetty.addFailureListener(
        reason -> {
          if (failure.compareAndSet(null, reason)) {
            running.interrupt(); // it may be waiting for something to happen
          }
        });
    try (stream) {
      output.write(ByteBuffer.allocate(0));
      stream.run(piece -> output.write(ByteBuffer.wrap(piece)));
      if (failure.get() == null) {
        output.write(true, ByteBuffer.allocate(0), callback);
        return;
      }
      callback.failed(failure.get());
    } catch (IOException gone) {
      callback.failed(gone);
    } catch (InterruptedException stopped) {
      callback.failed(failure.get() == null ? stopped : failure.get());
    } catch (RuntimeException defect) {
      LOG.error("A stream ended because of an unexpected failure", defect);
      callback.failed(defect);
    }
  }
}
