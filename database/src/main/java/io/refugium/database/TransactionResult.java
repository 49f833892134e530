package io.refugium.database;

/**
 * What became of a transaction.
 *
 * @param value what its body returned
 * @param time its time in microseconds: of the commit, or the snapshot when it wrote nothing
 * @param wrote whether it committed anything
 * @param attempts how often its body ran
 * @param metrics what it consumed
 */
public record TransactionResult<T>(
    T value, long time, boolean wrote, int attempts, Metrics metrics) {}
