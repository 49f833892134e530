package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.schema.SchemaChecker;
import io.refugium.fql10.schema.SchemaItem;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What can be asked about the schema of a database as files (schema specification, section 10).
 * Each method runs inside one transaction; the caller has checked the permission.
 */
public final class SchemaService {
  private final Fql10 language;

  public SchemaService(Fql10 language) {
    this.language = language;
  }

  /**
   * Makes files the schema.
   *
   * @throws SchemaFailure if they are refused
   */
  public void update(Session session, Map<String, String> files, boolean override) {
    SchemaPush push =
        new SchemaPush(session, language.schemaDocuments(session), files, override);
    List<SchemaItem> items = push.items();
    try {
      push.apply();
      check(session, items);
      session.finish();
    } catch (QueryFailure failure) {
      throw new SchemaFailure(400, message(failure));
    }
  }

  private void check(Session session, List<SchemaItem> items) {
    List<Diagnostic> errors =
        new SchemaChecker(items, session.pendingCatalog(), language.libraryTypes(), null).check();
    if (!errors.isEmpty()) {
      throw SchemaFailure.of(errors);
    }
  }

  private static String message(QueryFailure failure) {
    if (failure.code() != ErrorCode.CONSTRAINT_FAILURE) {
      return failure.getMessage();
    }
    return failure.constraintFailures().stream()
        .map(SchemaService::line)
        .collect(Collectors.joining("\n", failure.getMessage() + "\nconstraint failures:\n", ""));
  }

  private static String line(ConstraintFailure failure) {
    String paths =
        failure.paths().stream().map(ConstraintFailure::pathText).collect(Collectors.joining(","));
    return "  "
        + (paths.isEmpty() ? "" : paths + ": ")
        + failure.message().replace("\n", "\n      ");
  }

  /** The files, brought up to date with the schema documents. */
  public Map<String, String> files(Session session) {
    return SourceFiles.current(session);
  }
}
