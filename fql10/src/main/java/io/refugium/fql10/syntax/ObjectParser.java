package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Object literals (language specification, sections 2.5 and 3.4). */
final class ObjectParser {
  private ObjectParser() {}

  /** The object with at least one field that stands here. */
  static Expression object(TextCursor cursor, ExpressionParser expressions) {
    int start = cursor.position();
    cursor.advance(1);
    cursor.skipNewlines();
    List<Expression.ObjectLiteral.Field> fields = new ArrayList<>();
    Map<String, Span> keys = new HashMap<>();
    while (!cursor.take('}')) {
      Name key = key(cursor, expressions.strings());
      Span first = keys.putIfAbsent(key.text(), key.span());
      if (first != null) {
        cursor.report(SyntaxErrors.duplicateKey(key.span(), first));
      }
      cursor.skipBlanks();
      if (!cursor.take(':')) {
        throw cursor.expected("`:`");
      }
      cursor.skipNewlines();
      fields.add(new Expression.ObjectLiteral.Field(key, expressions.expression()));
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != '}') {
        throw cursor.expected("`}`");
      }
    }
    return new Expression.ObjectLiteral(cursor.from(start), fields);
  }

  /** A key: any word, or a string without interpolation. */
  static Name key(TextCursor cursor, StringReader strings) {
    if (cursor.atIdentifier()) {
      return cursor.word();
    }
    if (strings.atString()) {
      return strings.readKey();
    }
    throw cursor.expected("`}`");
  }
}
