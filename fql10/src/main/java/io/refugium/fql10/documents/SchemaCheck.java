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

  /**
   * Checks a schema, and records the migrations that lead to it.
   *
   * @param writes where a query wrote schema
   * @return what is wrong with the schema
   * @throws QueryFailure if it must not be, for other reasons
   */
  public List<Diagnostic> check(QueryContext context, List<SchemaItem> items, WritePlaces writes) {
    Session session = StoredDocuments.of(context).session();
    new Protection(session).checkIndexes();
    List<Diagnostic> errors =
        new SchemaChecker(items, session.pendingCatalog(), library, writes).check();
    return errors.isEmpty()
        ? new SchemaMigrations(context, library, writes.isQuery()).record(items)
        : errors;
  }

  private static String render(List<Diagnostic> errors) {
    return Summary.of(errors, "\n");
  }
}
