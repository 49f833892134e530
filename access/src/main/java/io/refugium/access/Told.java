package io.refugium.access;

import java.util.List;

/**
 * What a stream is told of a commit; never changed, because streams with equal rights share it.
 *
 * @param lines as they are sent
 * @param last whether the stream ends with them
 */
public record Told(List<byte[]> lines, boolean last) {
  public Told {
    lines = List.copyOf(lines);
  }

  /** How many bytes it has. */
  int size() {
    return lines.stream().mapToInt(line -> line.length).sum();
  }
}
