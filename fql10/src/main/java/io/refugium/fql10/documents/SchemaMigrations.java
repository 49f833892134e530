package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
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
import io.refugium.model.NullValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

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

  /** A collection that is redefined, and how. */
  private record Redefinition(
      CollectionDef before, CollectionItem live, CollectionItem submitted) {}

  /** Why no migrations lead to the submitted schema; empty if all is well. Evaluates nothing. */
  List<Diagnostic> check(List<SchemaItem> items) {
    List<Diagnostic> errors = new ArrayList<>();
    for (Redefinition redefined : reshaped(items)) {
      MigrationPlan plan = plan(redefined, expression -> NullValue.NULL);
      errors.addAll(plan.check(session.isEmpty(redefined.before().id())));
    }
    return errors;
  }

  /**
   * Records the migrations of all redefined collections.
   *
   * @return why there are none that lead to the submitted schema; empty if all is well
   */
  List<Diagnostic> record(List<SchemaItem> items) {
    List<Diagnostic> errors = new ArrayList<>();
    List<Runnable> recordings = new ArrayList<>();
    Set<Integer> migrated = new HashSet<>();
    for (Redefinition redefined : reshaped(items)) {
      int id = redefined.before().id();
      MigrationPlan plan = plan(redefined, this::evaluate);
      boolean empty = session.isEmpty(id);
      errors.addAll(plan.check(empty));
      if (!empty && !plan.steps().isEmpty()) {
        migrated.add(id);
        recordings.add(() -> record(redefined.before(), plan));
      }
    }
    if (errors.isEmpty()) {
      recordings.forEach(Runnable::run);
      forget(migrated);
    }
    return errors;
  }

  private MigrationPlan plan(Redefinition redefined, Function<Expression, Value> evaluation) {
    return new MigrationPlan(redefined.live(), redefined.submitted(), environment(), evaluation);
  }

  private List<Redefinition> reshaped(List<SchemaItem> items) {
    Catalog pending = session.pendingCatalog();
    List<Redefinition> reshaped = new ArrayList<>();
    for (SchemaItem item : items) {
      CollectionDef after =
          item instanceof CollectionItem ? pending.collection(item.name().text()) : null;
      CollectionDef before = after == null ? null : session.catalog().collection(after.id());
      if (before != null && isReshaped(before, after)) {
        CollectionItem submitted =
            byQuery ? DocumentItems.collection(after).orElseThrow() : (CollectionItem) item;
        DocumentItems.collection(before)
            .ifPresent(live -> reshaped.add(new Redefinition(before, live, submitted)));
      }
    }
    return reshaped;
  }

  /** A staged schema may have had migrations before. */
  private void forget(Set<Integer> migrated) {
    if (session.schemaStage().isStaged()) {
      for (CollectionDef collection : session.pendingCatalog().collections()) {
        if (!migrated.contains(collection.id())
            && session.catalog().collection(collection.id()) != null) {
          session.migrate(collection.id(), ArrayValue.EMPTY, Set.of());
        }
      }
    }
  }

  private static boolean isReshaped(CollectionDef before, CollectionDef after) {
    return !before.fields().equals(after.fields())
        || !Objects.equals(before.wildcard(), after.wildcard())
        || !Objects.equals(before.document().get("migrations"), after.document().get("migrations"));
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
