package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.database.Catalog;
import io.refugium.database.CollectionDef;
import io.refugium.database.IndexDef;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.environment.DatabaseTypes;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.schema.DocumentItems;
import io.refugium.fql10.schema.MigrationPlan;
import io.refugium.fql10.schema.MigrationStep;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Plans and records what becomes of the documents of collections that a transaction redefines
 * (schema specification, section 7).
 */
final class SchemaMigrations {
  private final QueryContext context;
  private final StoredDocuments documents;
  private final Session session;
  private final TypeEnvironment library;
  private final boolean byQuery;
  private TypeEnvironment environment;

  /**
   * @param byQuery whether a query changed the documents: what is wrong then has no place in files
   */
  SchemaMigrations(QueryContext context, TypeEnvironment library, boolean byQuery) {
    this.byQuery = byQuery;
    this.context = context;
    this.documents = StoredDocuments.of(context);
    this.session = documents.session();
    this.library = library;
  }

  /**
   * Records the migrations of all redefined collections.
   *
   * @return why there are none that lead to the submitted schema; empty if all is well
   */
  List<Diagnostic> record(List<SchemaItem> items) {
    Catalog pending = session.pendingCatalog();
    List<Diagnostic> errors = new ArrayList<>();
    List<Runnable> recordings = new ArrayList<>();
    for (SchemaItem item : items) {
      CollectionDef after =
          item instanceof CollectionItem ? pending.collection(item.name().text()) : null;
      CollectionDef before = after == null ? null : session.catalog().collection(after.id());
      if (before != null && isReshaped(before, after)) {
        CollectionItem submitted =
            byQuery ? DocumentItems.collection(after).orElseThrow() : (CollectionItem) item;
        plan(before, submitted, errors, recordings);
      } else if (before != null) {
        recordings.add(() -> recordNone(before));
      }
    }
    if (errors.isEmpty()) {
      recordings.forEach(Runnable::run);
    }
    return errors;
  }

  private static boolean isReshaped(CollectionDef before, CollectionDef after) {
    return !before.fields().equals(after.fields())
        || !Objects.equals(before.wildcard(), after.wildcard())
        || !Objects.equals(before.document().get("migrations"), after.document().get("migrations"));
  }

  private void plan(
      CollectionDef before,
      CollectionItem submitted,
      List<Diagnostic> errors,
      List<Runnable> recordings) {
    Optional<CollectionItem> live = DocumentItems.collection(before);
    if (live.isEmpty()) {
      return;
    }
    MigrationPlan plan = new MigrationPlan(live.get(), submitted, environment(), this::evaluate);
    boolean empty = session.isEmpty(before.id());
    errors.addAll(plan.check(empty));
    boolean any = !empty && !plan.steps().isEmpty();
    recordings.add(any ? () -> record(before, plan) : () -> recordNone(before));
  }

  /** A staged schema may have had migrations before. */
  private void recordNone(CollectionDef collection) {
    if (session.schemaStage().isStaged()) {
      session.migrate(collection.id(), ArrayValue.EMPTY, Set.of());
    }
  }

  /** The types of the schema as it will be. */
  private TypeEnvironment environment() {
    if (environment == null) {
      Catalog pending = session.pendingCatalog();
      environment = DatabaseTypes.of(library, pending.collections(), pending.functions());
    }
    return environment;
  }

  private void record(CollectionDef collection, MigrationPlan plan) {
    boolean indexedByV4 =
        collection.indexes().stream().anyMatch(index -> index.language() == IndexDef.Language.V4);
    if (indexedByV4) {
      throw QueryFailure.of(
          ErrorCode.INVALID_SCHEMA,
          "Invalid database schema update.\n",
          List.of(
              new ConstraintFailure(
                  List.of(List.of()), "Cannot create migrations on a collection with v4 indexes")));
    }
    List<Value> steps = plan.steps().stream().map(MigrationStep::encode).toList();
    session.migrate(collection.id(), new ArrayValue(steps), plan.touched());
  }

  /** The value of a backfill or default, which may not do anything. */
  private Value evaluate(Expression expression) {
    Source source = Source.hidden("*value*", expression.span().text());
    try {
      return Storable.value(documents.schema().evaluateConstant(context, source), "");
    } catch (QueryFailure failure) {
      throw DocumentErrors.invalidSchema("error: " + failure.getMessage() + "\nat <no source>");
    }
  }
}
