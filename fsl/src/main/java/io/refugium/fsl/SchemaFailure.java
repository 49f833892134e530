package io.refugium.fsl;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Summary;
import java.util.List;

/** A request about the schema that is refused; the message is for the client. */
public final class SchemaFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public SchemaFailure(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static SchemaFailure of(List<Diagnostic> errors) {
    return new SchemaFailure(400, Summary.of(errors, "\n"));
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }
}
