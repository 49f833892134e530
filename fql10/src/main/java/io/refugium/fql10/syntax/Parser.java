package io.refugium.fql10.syntax;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parses whole texts.
 *
 * <p>Never throws on any text: what is wrong comes back as {@link Parsed.Failed}, with the messages
 * of the language specification, section 3.6. Stateless. To parse a part of a larger text, use
 * {@link ExpressionParser} and {@link TypeParser} on a {@link TextCursor} of your own.
 */
public final class Parser {
  private Parser() {}

  /** A query: statements of which the last is an expression. */
  public static Parsed<Expression> query(QueryText text) {
    return parse(text, cursor -> new ExpressionParser(cursor).query());
  }

  /** The source text of a function, predicate or computed field, which has no template values. */
  public static Parsed<Expression> query(Source source) {
    return query(QueryText.of(source));
  }

  /** A type, as in the signature of a function or field, without default values. */
  public static Parsed<TypeExpression> type(Source source) {
    return parse(
        QueryText.of(source),
        cursor -> {
          TypeExpression type = new TypeParser(cursor, new ExpressionParser(cursor)).topType();
          TypeDefaults.checkForbidden(type).forEach(cursor::report);
          return type;
        });
  }

  /**
   * The type of a field of a collection, which may have default values in it.
   *
   * @param hasDefault whether the field itself has a default value
   */
  public static Parsed<TypeExpression> fieldType(Source source, boolean hasDefault) {
    return parse(
        QueryText.of(source),
        cursor -> {
          TypeExpression type = new TypeParser(cursor, new ExpressionParser(cursor)).topType();
          List<Diagnostic> errors =
              hasDefault
                  ? TypeDefaults.checkForbidden(type)
                  : TypeDefaults.checkField(type, Optional.empty());
          errors.forEach(cursor::report);
          return type;
        });
  }

  private static <T> Parsed<T> parse(QueryText text, Function<TextCursor, T> rule) {
    TextCursor cursor = new TextCursor(text, 0);
    try {
      T tree = rule.apply(cursor);
      if (tree instanceof Expression expression) {
        checkHeight(expression, cursor);
      }
      return cursor.errors().isEmpty()
          ? new Parsed.Tree<>(tree)
          : new Parsed.Failed<>(cursor.errors());
    } catch (SyntaxException failure) {
      List<Diagnostic> errors = new ArrayList<>(cursor.errors());
      errors.add(failure.diagnostic());
      return new Parsed.Failed<>(errors);
    }
  }

  /**
   * Reports an expression that is too high for recursive walks. Parsers that embed {@link
   * ExpressionParser} call it for each expression they keep.
   */
  public static void checkHeight(Expression expression, TextCursor cursor) {
    if (SyntaxTrees.height(expression) > SyntaxLimits.MAX_HEIGHT) {
      cursor.report(SyntaxErrors.tooManyOperators(expression.span()));
    }
  }
}
