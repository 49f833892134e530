/**
 * A store in memory: the plainest code that keeps every promise of {@link
 * io.refugium.storage.Store} except durability. Shares no validation or version logic with the
 * durable engine, so that each can be tested against the other.
 */
package io.refugium.storage.memory;
