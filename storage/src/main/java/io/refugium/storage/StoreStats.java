package io.refugium.storage;

/**
 * Counters of a store since it was opened, for metrics and for people. A moment's view, not a
 * consistent one.
 *
 * @param commits acknowledged commits with at least one write
 * @param groups atomic batches they were written in; each cost one sync
 * @param conflicts refused commits
 * @param waiting transactions in the commit queue now
 * @param readers readers open now
 * @param subscriptions subscriptions open now
 * @param remembered writes held in memory for validation now
 * @param diskBytes bytes of live data files, 0 for a store in memory
 * @param memoryBytes bytes in write buffers and block cache, 0 when unknown
 */
public record StoreStats(
    long commits,
    long groups,
    long conflicts,
    int waiting,
    int readers,
    int subscriptions,
    int remembered,
    long diskBytes,
    long memoryBytes) {}
