/**
 * Versioned ordered stores: the interface that the database layer is written against. Knows nothing
 * of documents, only bytes, times, ranges and commits.
 *
 * <p>Start reading at {@link io.refugium.storage.Store}. Engines live in packages of their own:
 * {@code rocks} for one durable process, {@code memory} as the simplest thing that is correct,
 * which serves as the oracle of the tests.
 */
package io.refugium.storage;
