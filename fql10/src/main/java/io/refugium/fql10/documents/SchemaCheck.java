package io.refugium.fql10.documents;

import io.refugium.database.Catalog;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.schema.SchemaChecker;
import io.refugium.fql10.schema.SchemaSources;
import io.refugium.fql10.types.TypeEnvironment;
import java.util.List;
import java.util.stream.Collectors;

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
   * @throws io.refugium.fql10.runtime.QueryFailure {@code invalid_schema} at the last schema write
   */
  public void check(StoredDocuments documents) {
    if (documents.lastSchemaWrite() == null) {
      return;
    }
    try {
      new Protection(documents.session()).checkIndexes();
    } catch (QueryFailure failure) {
      throw failure.at(documents.lastSchemaWrite());
    }
    Catalog catalog = documents.session().pendingCatalog();
    SchemaSources.Items found = sources.items(documents.session());
    List<Diagnostic> errors =
        found.errors().isEmpty()
            ? new SchemaChecker(found.items(), catalog, library, documents.lastSchemaWrite())
                .check()
            : found.errors();
    if (!errors.isEmpty()) {
      throw DocumentErrors.invalidSchema(render(errors)).at(documents.lastSchemaWrite());
    }
  }

  /** Refuses a schema that loses what protected mode keeps. */
  public static void checkProtection(io.refugium.access.Session session) {
    new Protection(session).checkIndexes();
  }

  private static String render(List<Diagnostic> errors) {
    return errors.stream().map(DiagnosticRenderer::render).collect(Collectors.joining("\n"));
  }
}
