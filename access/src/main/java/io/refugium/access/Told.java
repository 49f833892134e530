package io.refugium.access;

/** What a stream is told of a commit; immutable, because streams with equal rights share it. */
public interface Told {
  /** About how many bytes it takes in memory. */
  int weight();
}
