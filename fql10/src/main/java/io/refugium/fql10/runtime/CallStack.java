package io.refugium.fql10.runtime;

import java.util.function.Supplier;

/**
 * Keeps nested calls within the limit of the language and within the Java stack.
 *
 * <p>A call needs Java stack in proportion to how high its tree of nodes is. When what the running
 * thread surely has is used up, the call goes on in a thread with a large stack of its own while
 * the caller waits: so recursion to the limit never overflows, and shallow queries never pay for
 * it.
 */
final class CallStack {
  /** Nested nodes that fit into any thread that serves requests. */
  private static final int FIRST_BUDGET = 1_500;

  /** Nested nodes that fit into {@link #STACK_BYTES}. */
  private static final int FRESH_BUDGET = 32_000;

  private static final long STACK_BYTES = 32L << 20;

  /** Nested nodes in all, which bounds the memory that one query can take for stacks. */
  private static final int MAX_HEIGHT = 400_000;

  /** What a call needs beyond the nodes of its body. */
  private static final int CALL_OVERHEAD = 8;

  private int calls;
  private int height;
  private int budget = FIRST_BUDGET;

  /**
   * Runs a call.
   *
   * @param nodes the height of the tree of nodes that it evaluates
   */
  <T> T call(int nodes, Supplier<T> body) {
    int need = nodes + CALL_OVERHEAD;
    if (calls >= Limits.MAX_CALLS || height + need > MAX_HEIGHT) {
      throw Errors.stackOverflow();
    }
    calls++;
    height += need;
    try {
      return budget >= need ? here(need, body) : elsewhere(need, body);
    } finally {
      calls--;
      height -= need;
    }
  }

  private <T> T here(int need, Supplier<T> body) {
    budget -= need;
    try {
      return body.get();
    } finally {
      budget += need;
    }
  }

  private <T> T elsewhere(int need, Supplier<T> body) {
    int outer = budget;
    budget = FRESH_BUDGET;
    try {
      return new Continuation<>(() -> here(need, body)).run();
    } finally {
      budget = outer;
    }
  }

  /** A computation in a thread of its own, whose outcome becomes that of the waiting thread. */
  private static final class Continuation<T> {
    private final Supplier<T> body;
    private T result;
    private Throwable failure;

    Continuation(Supplier<T> body) {
      this.body = body;
    }

    T run() {
      Thread thread = new Thread(null, this::compute, "query-deep-stack", STACK_BYTES, false);
      thread.start();
      join(thread);
      switch (failure) {
        case null -> {
          return result;
        }
        case RuntimeException exception -> throw exception;
        case Error error -> throw error;
        default -> throw new IllegalStateException(failure);
      }
    }

    // Whatever ends the computation, errors of the virtual machine included, is thrown again by the
    // thread that waits: nothing is swallowed here.
    private void compute() {
      try {
        result = body.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    private static void join(Thread thread) {
      boolean interrupted = false;
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
