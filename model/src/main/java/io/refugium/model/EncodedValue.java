package io.refugium.model;

import java.nio.ByteBuffer;

/**
 * A value in binary form, with gaps where the commit time belongs.
 *
 * @param bytes the form, complete but for the gaps; decoding it as it is gives back the {@link
 *     TransactionTime}s. Not to be changed.
 * @param gaps where in the bytes the tags of the transaction times stand; empty for most values
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer on its way to the store, never compared
public record EncodedValue(byte[] bytes, int[] gaps) {
  /** The final form, once the commit time (microseconds since the epoch) is known. */
  public byte[] at(long commitMicros) {
    if (gaps.length == 0) {
      return bytes;
    }
    byte[] stamped = bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(stamped);
    buffer.put(0, ValueCodec.FORMAT);
    for (int gap : gaps) {
      buffer.put(gap, Tag.committed(stamped[gap]));
      buffer.putLong(gap + 1, commitMicros);
    }
    return stamped;
  }

  /** Whether the final form has to wait for the commit time. */
  public boolean needsCommitTime() {
    return gaps.length > 0;
  }
}
