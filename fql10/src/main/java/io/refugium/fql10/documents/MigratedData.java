package io.refugium.fql10.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.schema.DocumentMigration;
import io.refugium.fql10.schema.MigrationStep;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Parser;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The migrations of one collection, read once for each version of the schema. Thread-safe.
 *
 * <p>Invariant: migrations are in the order of their commits, so that those that concern a version
 * of a document are the last ones.
 */
public final class MigratedData {
  private final List<List<MigrationStep>> migrations;
  private final Schema schema;
  private final Map<String, FieldType> types = new ConcurrentHashMap<>();
  private final DocumentMigration migration = new DocumentMigration(this::accepts);

  private MigratedData(List<List<MigrationStep>> migrations, Schema schema) {
    this.migrations = migrations;
    this.schema = schema;
  }

  private record Key(int collection) {}

  private static MigratedData of(CollectionDef collection, Schema schema) {
    return schema.catalog().memo(new Key(collection.id()), () -> read(collection, schema));
  }

  private static MigratedData read(CollectionDef collection, Schema schema) {
    List<List<MigrationStep>> migrations = new ArrayList<>();
    for (Value migration : collection.migrations().values()) {
      List<MigrationStep> steps = new ArrayList<>();
      for (Value step : ((ArrayValue) ((ObjectValue) migration).get("steps")).values()) {
        steps.add(MigrationStep.decode((ObjectValue) step));
      }
      migrations.add(steps);
    }
    return new MigratedData(migrations, schema);
  }

  /**
   * The fields of a stored document behind the last migrations of its collection.
   *
   * @param count how many of them it has not gone through
   */
  public static ObjectValue apply(
      Schema schema, CollectionDef collection, int count, ObjectValue fields) {
    ObjectValue data = Storable.data(fields);
    ObjectValue migrated = of(collection, schema).migrated(count, data);
    return migrated.equals(data) ? fields : Storable.withData(fields, migrated);
  }

  private ObjectValue migrated(int count, ObjectValue data) {
    ObjectValue migrated = data;
    for (List<MigrationStep> steps :
        migrations.subList(migrations.size() - count, migrations.size())) {
      migrated = migration.apply(steps, migrated);
    }
    return migrated;
  }

  private boolean accepts(String type, Value value) {
    List<ConstraintFailure> failures = new ArrayList<>(0);
    types.computeIfAbsent(type, this::parse).check(value, List.of(), failures);
    return failures.isEmpty();
  }

  private FieldType parse(String type) {
    return FieldType.of(
        Parser.type(Source.validated("signature", type))
            .orThrow(errors -> new IllegalStateException("type of a migration: " + type)),
        schema::collectionId);
  }
}
