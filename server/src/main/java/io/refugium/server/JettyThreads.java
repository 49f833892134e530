package io.refugium.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty's own threads: an acceptor, selectors, and spare ones for their tasks. Requests that are
 * not known to be brief run on virtual threads.
 *
 * <p>A virtual thread that has answered its request has nothing left to do, and what its connection
 * does next never waits: so it does that, too, instead of waking one of these. Thread-safe.
 */
final class JettyThreads extends QueuedThreadPool {
  private static final int MOST = 16;
  private static final int FEWEST = 4;

  /** Bound while an answer is sent: what that leaves to these threads. */
  private static final ScopedValue<Queue<Runnable>> LEFT = ScopedValue.newInstance();

  /**
   * Threads of a server.
   *
   * @param waiting runs what may wait, each in a thread of its own
   */
  JettyThreads(ExecutorService waiting) {
    super(MOST, FEWEST);
    setName("http");
    setVirtualThreadsExecutor(waiting);
  }

  /**
   * Sends an answer, and then does in the thread of the caller what would have been handed over to
   * one of Jetty's.
   *
   * @param sending must not wait
   */
  static void sendAndGoOn(Runnable sending) {
    Queue<Runnable> left = new ArrayDeque<>(2);
    try {
      ScopedValue.where(LEFT, left).run(sending);
    } finally {
      left.forEach(Runnable::run);
    }
  }

  @Override
  public void execute(Runnable task) {
    if (LEFT.isBound()) {
      LEFT.get().add(task);
    } else {
      super.execute(task);
    }
  }
}
