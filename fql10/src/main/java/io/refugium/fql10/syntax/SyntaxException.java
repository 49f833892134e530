package io.refugium.fql10.syntax;

import io.refugium.fql10.diagnostics.Diagnostic;

/**
 * A syntax error after which the parser cannot go on. It never leaves {@link Parser}; it is public
 * for parsers that embed {@link ExpressionParser} and {@link TypeParser}. Carries no stack trace.
 */
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  public SyntaxException(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
