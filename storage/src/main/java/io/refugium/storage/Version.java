package io.refugium.storage;

/**
 * One version of a key as a point read finds it.
 *
 * @param time the commit time that wrote this version, in microseconds since the epoch
 * @param value the bytes written; shared, not to be changed; never null (a deletion is no version
 *     to a point read)
 */
public record Version(long time, byte[] value) {}
