package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lambdas: {@code x => e} and {@code (a, ...b) => e} (language specification, section 3). */
final class LambdaParser {
  private final TextCursor cursor;
  private final ExpressionParser expressions;

  LambdaParser(TextCursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** Whether parameters and an arrow on their line stand here. */
  boolean atLambda() {
    int start = cursor.position();
    boolean found = skipParameters() && atArrow();
    cursor.moveTo(start);
    return found;
  }

  private boolean atArrow() {
    cursor.skipBlanks();
    return cursor.looksAt("=>");
  }

  private boolean skipParameters() {
    if (cursor.atIdentifier()) {
      cursor.word();
      return true;
    }
    if (!cursor.take('(')) {
      return false;
    }
    cursor.skipNewlines();
    while (cursor.atIdentifier()) {
      cursor.word();
      cursor.skipNewlines();
      if (!cursor.take(',')) {
        return cursor.take(')');
      }
      cursor.skipNewlines();
    }
    if (cursor.take("...")) {
      cursor.skipNewlines();
      if (!cursor.atIdentifier()) {
        return false;
      }
      cursor.word();
      cursor.skipNewlines();
    }
    return cursor.take(')');
  }

  /** The lambda that stands here; {@link #atLambda()} must hold. */
  Expression lambda() {
    int start = cursor.position();
    List<Name> parameters = new ArrayList<>();
    Optional<Name> rest = Optional.empty();
    if (cursor.take('(')) {
      cursor.skipNewlines();
      while (cursor.atIdentifier()) {
        parameters.add(cursor.identifier());
        cursor.skipNewlines();
        cursor.take(',');
        cursor.skipNewlines();
      }
      if (cursor.take("...")) {
        cursor.skipNewlines();
        rest = Optional.of(cursor.identifier());
        cursor.skipNewlines();
      }
      cursor.take(')');
    } else {
      parameters.add(cursor.identifier());
    }
    reportDuplicates(parameters, rest);
    cursor.skipBlanks();
    cursor.take("=>");
    cursor.skipNewlines();
    Expression body = expressions.expression();
    return new Expression.Lambda(cursor.from(start), parameters, rest, body);
  }

  private void reportDuplicates(List<Name> parameters, Optional<Name> rest) {
    List<Name> all = new ArrayList<>(parameters);
    rest.ifPresent(all::add);
    Map<String, Span> seen = new HashMap<>();
    for (Name name : all) {
      if (!Expression.Lambda.ignores(name)) {
        Span first = seen.putIfAbsent(name.text(), name.span());
        if (first != null) {
          cursor.report(SyntaxErrors.duplicateParameter(name.span(), first));
        }
      }
    }
  }
}
