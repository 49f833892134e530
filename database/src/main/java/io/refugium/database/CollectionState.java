package io.refugium.database;

import io.refugium.database.BackingIndexes.Backing;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.ValueCodec;
import java.util.List;

/**
 * What the database itself remembers of a user collection, apart from the document that users
 * write: replacing the document never loses it and no language has to hide it.
 *
 * @param historyFloor before this time, in microseconds, history is gone whatever {@code
 *     history_days} says
 * @param backings the indexes behind v10 indexes and unique constraints
 */
record CollectionState(long historyFloor, List<Backing> backings) {
  static final CollectionState NEW = new CollectionState(0, List.of());

  byte[] encode() {
    ObjectValue fields =
        ObjectValue.builder()
            .put("floor", new LongValue(historyFloor))
            .put("backings", BackingIndexes.encode(backings))
            .build();
    return ValueCodec.encode(fields, 0).bytes();
  }

  static CollectionState decode(byte[] bytes) {
    ObjectValue fields = ValueCodec.decodeObject(bytes, 0);
    return new CollectionState(
        ((LongValue) fields.get("floor")).value(), BackingIndexes.decode(fields.get("backings")));
  }
}
