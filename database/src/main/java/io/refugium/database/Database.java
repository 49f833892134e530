package io.refugium.database;

import io.refugium.storage.Store;

/**
 * The engine: every database of one store. Knows nothing of principals and languages; whoever calls
 * it has decided that the caller may. Thread-safe.
 *
 * <p>Invariant: what a transaction returned as committed, it computed from exactly the state that
 * its commit time follows.
 */
public final class Database implements AutoCloseable {
  private final Store store;
  private final Hooks hooks;

  private Database(Store store, Hooks hooks) {
    this.store = store;
    this.hooks = hooks;
  }

  /** Opens the databases in a store. The store is closed with the engine. */
  public static Database open(Store store, Hooks hooks) {
    return new Database(store, hooks);
  }

  /**
   * What a transaction does; runs again from the start, on a new snapshot, when it lost against
   * another.
   */
  @FunctionalInterface
  public interface Body<T> {
    T run(Transaction transaction);
  }

  /** Runs a transaction: see {@link #execute(TransactionOptions, Metrics, Body)}. */
  public <T> TransactionResult<T> execute(TransactionOptions options, Body<T> body) {
    return execute(options, new Metrics(), body);
  }

  /**
   * Runs a transaction and commits what it wrote. A body that only reads never commits.
   *
   * @param metrics counts what is consumed, also when the transaction fails
   * @throws DatabaseException.Contended when it lost on every attempt
   * @throws DatabaseException.DeadlineExceeded when its time was up before the commit began
   */
  public <T> TransactionResult<T> execute(
      TransactionOptions options, Metrics metrics, Body<T> body) {
    throw new UnsupportedOperationException("transactions are not built yet: " + store + hooks);
  }

  /** The newest time at which everything is final, in microseconds. */
  public long now() {
    return store.readPoint();
  }

  @Override
  public void close() {
    store.close();
  }
}
