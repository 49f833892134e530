package io.refugium.model;

import java.nio.ByteBuffer;

/**
 * A value in binary form, with gaps where the commit time belongs.
 *
 * @param bytes the form, complete but for the gaps: as it is it would be read with the epoch as the
 *     commit time. Not to be changed.
 * @param gaps where in the bytes the commit time goes, in microseconds since the epoch, eight bytes
 *     big-endian each; empty for most values
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer on its way to the store, never compared
public record EncodedValue(byte[] bytes, int[] gaps) {
  /** The final form, once the commit time (microseconds since the epoch) is known. */
  public byte[] at(long commitMicros) {
    if (gaps.length == 0) {
      return bytes;
    }
    ByteBuffer stamped = ByteBuffer.wrap(bytes.clone());
    for (int gap : gaps) {
      stamped.putLong(gap, commitMicros);
    }
    return stamped.array();
  }

  /** Whether the final form has to wait for the commit time. */
  public boolean needsCommitTime() {
    return gaps.length > 0;
  }
}
