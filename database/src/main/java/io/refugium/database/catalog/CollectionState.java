package io.refugium.database.catalog;

import io.refugium.database.catalog.BackingIndexes.Backing;
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
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the database itself remembers of a user collection, apart from the document that users
 * write: replacing the document never loses it and no language has to hide it.
 *
 * @param historyFloor before this time, in microseconds, history is gone whatever {@code
 *     history_days} says
 * @param backings the indexes behind v10 indexes and unique constraints
 * @param migrations what has to be done to older documents, oldest first: objects with the time
 *     {@code at} and the {@code steps}, which the language understands
 * @param staged what a staged schema makes of the collection; empty if it leaves it alone
 */
public record CollectionState(
    long historyFloor, List<Backing> backings, ArrayValue migrations, Optional<Staged> staged) {
  public static final CollectionState NEW =
      new CollectionState(0, List.of(), ArrayValue.EMPTY, Optional.empty());

  /**
   * What a staged schema makes of a collection.
   *
   * @param backings its indexes; those that the active schema has too have the same id there
   * @param steps what will have to be done to the documents when it is committed
   */
  public record Staged(List<Backing> backings, ArrayValue steps) {}

  private ObjectValue fields() {
    ObjectValue.Builder fields =
        ObjectValue.builder()
            .put("floor", new LongValue(historyFloor))
            .put("backings", BackingIndexes.encode(backings))
            .put("migrations", migrations);
    staged.ifPresent(
        next ->
            fields
                .put("staged_backings", BackingIndexes.encode(next.backings()))
                .put("staged_steps", next.steps()));
    return fields.build();
  }

  /** The write that stores this; the time of a new migration is that of the commit. */
  public Write write(byte[] key) {
    EncodedValue encoded = ValueCodec.encode(fields(), 0);
    return encoded.needsCommitTime()
        ? Write.late(key, _ -> key, encoded.bytes(), encoded::at)
        : Write.put(key, encoded.bytes());
  }

  public CollectionState withBackings(List<Backing> others) {
    return new CollectionState(historyFloor, others, migrations, staged);
  }

  public CollectionState withHistoryFloor(long floor) {
    return new CollectionState(floor, backings, migrations, staged);
  }

  public CollectionState withStaged(Staged next) {
    return new CollectionState(historyFloor, backings, migrations, Optional.ofNullable(next));
  }

  /** With another migration that concerns every document written before the commit. */
  public CollectionState withMigration(ArrayValue steps) {
    List<Value> all = new ArrayList<>(migrations.values());
    all.add(ObjectValue.builder().put("at", TransactionTime.MICROS).put("steps", steps).build());
    return new CollectionState(historyFloor, backings, new ArrayValue(all), staged);
  }

  /** The state when what is staged has become the schema. */
  public CollectionState committed() {
    if (staged.isEmpty()) {
      return this;
    }
    Staged next = staged.get();
    CollectionState unstaged = withStaged(null).withBackings(next.backings());
    return next.steps().size() == 0 ? unstaged : unstaged.withMigration(next.steps());
  }

  /**
   * The state as a staged schema has it. Its migration is still to come, and what only it demands
   * to be unique is not yet.
   */
  public CollectionState asStaged() {
    CollectionState next = committed();
    return staged.isEmpty()
        ? next
        : next.withBackings(
            next.backings().stream()
                .map(backing -> isActive(backing) ? backing : backing.unenforced())
                .toList());
  }

  /** Whether the active schema has this index, too. */
  public boolean isActive(Backing backing) {
    return backings.stream().anyMatch(active -> active.id() == backing.id());
  }

  /** With another status for an index, wherever it is used. */
  public CollectionState withStatus(int index, IndexDef.Status status) {
    UnaryOperator<List<Backing>> renewed =
        all -> all.stream().map(each -> each.id() == index ? each.with(status) : each).toList();
    return new CollectionState(
        historyFloor,
        renewed.apply(backings),
        migrations,
        staged.map(next -> new Staged(renewed.apply(next.backings()), next.steps())));
  }

  public static CollectionState decode(byte[] bytes) {
    ObjectValue fields = ValueCodec.decodeObject(bytes, 0);
    return new CollectionState(
        ((LongValue) fields.get("floor")).value(),
        BackingIndexes.decode(fields.get("backings")),
        fields.get("migrations") instanceof ArrayValue(List<Value> migrations)
            ? new ArrayValue(migrations.stream().map(CollectionState::decodeMigration).toList())
            : ArrayValue.EMPTY,
        fields.get("staged_steps") instanceof ArrayValue steps
            ? Optional.of(new Staged(BackingIndexes.decode(fields.get("staged_backings")), steps))
            : Optional.empty());
  }

  /** Before the commit the time is 0 in the bytes. */
  private static Value decodeMigration(Value stored) {
    ObjectValue migration = (ObjectValue) stored;
    return migration.get("at") instanceof LongValue(long at) && at == 0
        ? migration.with("at", TransactionTime.MICROS)
        : migration;
  }
}
