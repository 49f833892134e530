/**
 * The embedded engine: one process, one directory, RocksDB underneath. No type of RocksDB leaves
 * this package.
 *
 * <p>A reader's way through it: {@link io.refugium.storage.rocks.RocksStore} puts the parts
 * together. {@code PhysicalKey} says how versions lie in RocksDB, {@code RocksReader} and the
 * cursors read them. {@code Committer} is the only writer: it validates against {@code
 * RecentWrites}, takes times from {@code CommitClock}, and writes groups of transactions with one
 * sync. {@code CommitLog} records who wrote what when; {@code ChangeFeed} serves subscribers from
 * it and {@code Pruner} finds in it what has become garbage. RocksDB's own transactions are not
 * used: they let phantoms through.
 */
package io.refugium.storage.rocks;
