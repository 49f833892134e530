package io.refugium.storage.rocks;

import io.refugium.storage.KeyRange;
import io.refugium.storage.PruneFloors;
import io.refugium.storage.PruneFloors.Floor;
import io.refugium.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What the pruner has to remember over a restart: the floors in force, and the pass under way. */
final class FloorRecords {
  private static final byte[] FLOORS = "floors".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PASS = "pruning".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHANGES_FLOOR = "changes-floor".getBytes(StandardCharsets.US_ASCII);
  private static final int NO_END = -1;

  private final Engine engine;

  FloorRecords(Engine engine) {
    this.engine = engine;
  }

  /**
   * A pass of pruning: the keys of {@code range} written after {@code start} and up to {@code
   * floor}.
   */
  record Pass(KeyRange range, long start, long floor) {}

  /** Makes the raised floors and the pass that follows durable. */
  void begin(PruneFloors floors, Pass pass) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(engine.meta(), FLOORS, bytes(out -> writeFloors(out, floors)));
      batch.put(engine.meta(), PASS, bytes(out -> writePass(out, pass)));
      engine.write(batch, true);
    }
  }

  /** Forgets the pass. */
  void end(WriteBatch batch) throws RocksDBException {
    batch.delete(engine.meta(), PASS);
  }

  void putChangesFloor(WriteBatch batch, long floor) throws RocksDBException {
    batch.put(engine.meta(), CHANGES_FLOOR, bytes(out -> out.writeLong(floor)));
  }

  /** The time after which the commit log is complete, 0 when it never was truncated. */
  long loadChangesFloor() {
    byte[] record = engine.get(engine.meta(), CHANGES_FLOOR);
    return record == null ? 0 : parse(record, DataInputStream::readLong);
  }

  PruneFloors loadFloors() {
    byte[] record = engine.get(engine.meta(), FLOORS);
    return record == null ? PruneFloors.NONE : parse(record, FloorRecords::readFloors);
  }

  /** The pass that was begun and not ended, or null. */
  Pass loadPass() {
    byte[] record = engine.get(engine.meta(), PASS);
    return record == null ? null : parse(record, FloorRecords::readPass);
  }

  private static void writeFloors(DataOutputStream out, PruneFloors floors) throws IOException {
    out.writeInt(floors.floors().size());
    for (Floor floor : floors.floors()) {
      writeRange(out, floor.range());
      out.writeLong(floor.time());
    }
  }

  private static PruneFloors readFloors(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Floor> floors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      floors.add(new Floor(readRange(in), in.readLong()));
    }
    return PruneFloors.of(floors);
  }

  private static void writePass(DataOutputStream out, Pass pass) throws IOException {
    writeRange(out, pass.range());
    out.writeLong(pass.start());
    out.writeLong(pass.floor());
  }

  private static Pass readPass(DataInputStream in) throws IOException {
    return new Pass(readRange(in), in.readLong(), in.readLong());
  }

  private static void writeRange(DataOutputStream out, KeyRange range) throws IOException {
    writeBytes(out, range.from());
    writeBytes(out, range.to());
  }

  private static KeyRange readRange(DataInputStream in) throws IOException {
    return KeyRange.of(readBytes(in), readBytes(in));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(NO_END);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == NO_END ? null : in.readNBytes(length);
  }

  @FunctionalInterface
  private interface Encoder {
    void write(DataOutputStream out) throws IOException;
  }

  @FunctionalInterface
  private interface Decoder<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static byte[] bytes(Encoder encoder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      encoder.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static <T> T parse(byte[] record, Decoder<T> decoder) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
      return decoder.read(in);
    } catch (IOException e) {
      throw new StorageException.Corrupt("a record of prune floors is damaged", e);
    }
  }
}
