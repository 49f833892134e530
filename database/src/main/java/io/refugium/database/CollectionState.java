package io.refugium.database;

import io.refugium.database.BackingIndexes.Backing;
import io.refugium.model.ArrayValue;
import io.refugium.model.EncodedValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import io.refugium.storage.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database itself remembers of a user collection, apart from the document that users
 * write: replacing the document never loses it and no language has to hide it.
 *
 * @param historyFloor before this time, in microseconds, history is gone whatever {@code
 *     history_days} says
 * @param backings the indexes behind v10 indexes and unique constraints
 * @param migrations what has to be done to older documents, oldest first: objects with the time
 *     {@code at} and the {@code steps}, which the language understands
 */
record CollectionState(long historyFloor, List<Backing> backings, ArrayValue migrations) {
  static final CollectionState NEW = new CollectionState(0, List.of(), ArrayValue.EMPTY);

  private ObjectValue fields() {
    return ObjectValue.builder()
        .put("floor", new LongValue(historyFloor))
        .put("backings", BackingIndexes.encode(backings))
        .put("migrations", migrations)
        .build();
  }

  /** The write that stores this; the time of a new migration is that of the commit. */
  Write write(byte[] key) {
    EncodedValue encoded = ValueCodec.encode(fields(), 0);
    return encoded.needsCommitTime()
        ? Write.late(key, _ -> key, encoded.bytes(), encoded::at)
        : Write.put(key, encoded.bytes());
  }

  CollectionState withBackings(List<Backing> others) {
    return new CollectionState(historyFloor, others, migrations);
  }

  CollectionState withHistoryFloor(long floor) {
    return new CollectionState(floor, backings, migrations);
  }

  /** With another migration that concerns every document written before the commit. */
  CollectionState withMigration(ArrayValue steps) {
    List<Value> all = new ArrayList<>(migrations.values());
    all.add(ObjectValue.builder().put("at", TransactionTime.MICROS).put("steps", steps).build());
    return new CollectionState(historyFloor, backings, new ArrayValue(all));
  }

  static CollectionState decode(byte[] bytes) {
    ObjectValue fields = ValueCodec.decodeObject(bytes, 0);
    return new CollectionState(
        ((LongValue) fields.get("floor")).value(),
        BackingIndexes.decode(fields.get("backings")),
        fields.get("migrations") instanceof ArrayValue(List<Value> migrations)
            ? new ArrayValue(migrations.stream().map(CollectionState::decodeMigration).toList())
            : ArrayValue.EMPTY);
  }

  /** Before the commit the time is 0 in the bytes. */
  private static Value decodeMigration(Value stored) {
    ObjectValue migration = (ObjectValue) stored;
    return migration.get("at") instanceof LongValue(long at) && at == 0
        ? migration.with("at", TransactionTime.MICROS)
        : migration;
  }
}
