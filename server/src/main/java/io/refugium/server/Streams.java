package io.refugium.server;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The streams that are open: so that there are not too many, and so that a server that stops ends
 * them first. Thread-safe.
 */
public final class Streams implements AutoCloseable {
  /** How many streams may be open at once. */
  public static final int MAX_OPEN = 20_000;

  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A name for a stream, for the header {@code x-fauna-stream-id}. */
  static String newId() {
    return Long.toUnsignedString(ThreadLocalRandom.current().nextLong());
  }

  /** Whether one more stream may be opened. */
  boolean hasRoom() {
    return !closed && open.size() < MAX_OPEN;
  }

  /** How many streams are open. */
  public int size() {
    return open.size();
  }

  /** A stream that is known here from its opening on until it is closed. */
  <S extends AutoCloseable> Response.Stream running(S stream, Body<S> body) {
    open.add(stream);
    return new Response.Stream() {
      @Override
      public void run(Response.Pieces pieces) throws IOException, InterruptedException {
        if (!closed) {
          body.run(stream, pieces);
        }
      }

      @Override
      public void close() {
        open.remove(stream);
        end(stream);
      }
    };
  }

  /** What a stream does. */
  @FunctionalInterface
  interface Body<S> {
    void run(S stream, Response.Pieces pieces) throws IOException, InterruptedException;
  }

  private static void end(AutoCloseable stream) {
    try {
      stream.close();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception e) {
      throw new IllegalStateException("a stream could not be closed", e);
    }
  }

  /** Ends all streams and lets no more be opened. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Streams::end);
  }
}
