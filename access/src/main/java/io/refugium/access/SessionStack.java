package io.refugium.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whose code is running in a query, and whose waits for it to end: a function with a role runs in
 * another session than its caller.
 *
 * <p>Invariant: code gets the rights of its author back only while the author waits; nobody gets
 * rights that have not been handed down to him. Confined to the thread of its transaction.
 */
public final class SessionStack {
  private final Runnable onSwitch;
  private final List<Session> waiting = new ArrayList<>(0);
  private Session running;

  /**
   * A query that begins.
   *
   * @param request the session of the request
   * @param onSwitch called whenever code begins to run in another session, or goes on there
   */
  public SessionStack(Session request, Runnable onSwitch) {
    this.running = request;
    this.onSwitch = onSwitch;
  }

  /** The session in which the running code reads and writes. */
  public Session running() {
    return running;
  }

  /** Runs something in another session on the same transaction. */
  public <T> T in(Session other, Supplier<T> body) {
    if (running == other) {
      return body.get();
    }
    Session outer = running;
    waiting.add(outer);
    run(other);
    try {
      return body.get();
    } finally {
      run(outer);
      waiting.removeLast();
    }
  }

  /**
   * Runs something in the session of its author, if code waits there for the running code to end;
   * otherwise in that of the running code.
   */
  @SuppressWarnings("ReferenceEquality") // a session is one run of code, not what it may do
  public <T> T asAuthor(Session author, Supplier<T> body) {
    boolean waits = waiting.stream().anyMatch(one -> one == author);
    return waits ? in(author, body) : body.get();
  }

  /**
   * Runs something with the rights of the request, which waits for all code to end: also where that
   * began to run in another session, as predicates and functions that the other language calls do.
   */
  public <T> T asRequest(Supplier<T> body) {
    return running.hasRightsOfRequest() ? body.get() : in(running.withRightsOfRequest(), body);
  }

  private void run(Session session) {
    running = session;
    onSwitch.run();
  }
}
