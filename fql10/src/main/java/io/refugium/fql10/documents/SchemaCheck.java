package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Summary;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.schema.SchemaChecker;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaSources;
import io.refugium.fql10.schema.WritePlaces;
import io.refugium.fql10.types.TypeEnvironment;
import java.util.ArrayList;
import java.util.List;

/** What is checked once, at the end of a query that wrote schema (schema spec. 2.4, step 4). */
public final class SchemaCheck {
  private final SchemaSources sources;
  private final TypeEnvironment library;

  /**
   * @param sources tell where the items of a schema are written
   * @param library the types without a schema
   */
  public SchemaCheck(SchemaSources sources, TypeEnvironment library) {
    this.sources = sources;
    this.library = library;
  }

  /**
   * Checks the schema as the query leaves it.
   *
   * @throws QueryFailure {@code invalid_schema} at the last schema write
   */
  public void check(QueryContext context) {
    StoredDocuments documents = StoredDocuments.of(context);
    WritePlaces writes = documents.schemaWrites();
    if (!writes.isQuery()) {
      return;
    }
    try {
      SchemaSources.Items found = sources.items(documents.session());
      List<Diagnostic> errors =
          found.errors().isEmpty() ? check(context, found.items(), writes) : found.errors();
      if (!errors.isEmpty()) {
        throw DocumentErrors.invalidSchema(render(errors));
      }
    } catch (QueryFailure failure) {
      throw failure.at(writes.last());
    }
  }

  private List<Diagnostic> check(QueryContext context, List<SchemaItem> items, WritePlaces writes) {
    List<Diagnostic> errors = new ArrayList<>(derivedTypes(context, items, writes));
    if (errors.isEmpty()) {
      errors.addAll(checker(context, items, writes).check());
    }
    return errors.isEmpty() ? migrations(context, true).record(items) : errors;
  }

  /**
   * What is wrong with the types, names and migrations of the schema that files say. Records
   * nothing and evaluates nothing.
   */
  public List<Diagnostic> diagnose(QueryContext context, List<SchemaItem> items) {
    List<Diagnostic> errors = checker(context, items, new WritePlaces()).check();
    return errors.isEmpty() ? migrations(context, false).check(items) : errors;
  }

  /**
   * Records the migrations that lead to the schema that files say, which has been {@linkplain
   * #diagnose diagnosed}.
   *
   * @return what is wrong with the schema beyond that
   * @throws QueryFailure if it must not be, for other reasons
   */
  public List<Diagnostic> settle(QueryContext context, List<SchemaItem> items) {
    List<Diagnostic> errors = derivedTypes(context, items, new WritePlaces());
    return errors.isEmpty() ? migrations(context, false).record(items) : errors;
  }

  private List<Diagnostic> derivedTypes(
      QueryContext context, List<SchemaItem> items, WritePlaces writes) {
    new Protection(StoredDocuments.of(context).session()).checkIndexes();
    return checker(context, items, writes).derivedTypes();
  }

  private SchemaChecker checker(QueryContext context, List<SchemaItem> items, WritePlaces writes) {
    Session session = StoredDocuments.of(context).session();
    return new SchemaChecker(items, session.pendingCatalog(), library, writes);
  }

  private SchemaMigrations migrations(QueryContext context, boolean byQuery) {
    return new SchemaMigrations(context, library, byQuery);
  }

  private static String render(List<Diagnostic> errors) {
    return Summary.of(errors, "\n");
  }
}
