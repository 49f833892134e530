package io.refugium.fql10.syntax;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A position in a text, with the lexical rules that all parsers share: blanks, comments, separators
 * and identifiers (language specification, sections 2.1 and 2.2).
 *
 * <p>There is no separate token stage because the meaning of blanks depends on the grammar. The
 * cursor also collects the errors after which parsing went on. Not thread-safe; one per parse.
 */
public final class TextCursor {
  /** What {@link #peek} returns at the end; never a legal character of the language. */
  public static final char END = '\0';

  private final QueryText query;
  private final Source source;
  private final String text;
  private final List<Diagnostic> errors = new ArrayList<>();
  private int position;
  private int nesting;

  public TextCursor(QueryText query, int position) {
    this.query = query;
    this.source = query.source();
    this.text = source.text();
    this.position = position;
  }

  /** A cursor at {@code offset} of a text without template values. */
  public static TextCursor at(Source source, int offset) {
    return new TextCursor(QueryText.of(source), offset);
  }

  // --- position -------------------------------------------------------------------------------

  public int position() {
    return position;
  }

  public void moveTo(int offset) {
    position = offset;
  }

  public boolean atEnd() {
    return position >= text.length();
  }

  /** The next character, or {@link #END}. */
  public char peek() {
    return peek(0);
  }

  /** The character {@code ahead} places further on, or {@link #END}. */
  public char peek(int ahead) {
    int at = position + ahead;
    return at < text.length() ? text.charAt(at) : END;
  }

  public void advance(int count) {
    position += count;
  }

  /** Whether {@code expected} stands here. */
  public boolean looksAt(String expected) {
    return text.startsWith(expected, position);
  }

  /** Steps over {@code expected} if it stands here. */
  public boolean take(String expected) {
    if (!looksAt(expected)) {
      return false;
    }
    position += expected.length();
    return true;
  }

  public boolean take(char expected) {
    if (atEnd() || text.charAt(position) != expected) {
      return false;
    }
    position++;
    return true;
  }

  /** The number of the template value that stands here, or -1. */
  int hole() {
    return query.holeAt(position);
  }

  // --- spans and errors -----------------------------------------------------------------------

  public Source source() {
    return source;
  }

  /** The span from {@code start} to the current position. */
  public Span from(int start) {
    return source.span(start, position);
  }

  /** The one character wide span at the current position, even at the end of the text. */
  public Span here() {
    return source.span(position, position + 1);
  }

  String slice(int start) {
    return text.substring(start, position);
  }

  /** Reports an error and goes on. */
  public void report(Diagnostic error) {
    errors.add(error);
  }

  /** The errors reported so far, oldest first. */
  public List<Diagnostic> errors() {
    return errors;
  }

  /** The exception for {@code Expected ...} at the current position; the caller throws it. */
  public SyntaxException expected(String... items) {
    return new SyntaxException(SyntaxErrors.expected(here(), items));
  }

  /** Enters a nested construct; every call needs a {@link #leave()}, unless parsing fails. */
  void enter() {
    if (++nesting > SyntaxLimits.MAX_NESTING) {
      throw new SyntaxException(SyntaxErrors.nestedTooDeeply(here()));
    }
  }

  void leave() {
    nesting--;
  }

  // --- blanks ---------------------------------------------------------------------------------

  /** Skips blanks and block comments: the rule {@code WS}. */
  public void skipBlanks() {
    while (true) {
      char c = peek();
      if (c == ' ' || c == '\t') {
        position++;
      } else if (c != '/' || !skipBlockComment()) {
        return;
      }
    }
  }

  /** Skips blanks, newlines and comments: the rule {@code NL}. */
  public void skipNewlines() {
    while (true) {
      char c = peek();
      if (c == ' ' || c == '\t' || isNewline(c)) {
        position++;
      } else if (c != '/' || !(skipLineComment() || skipBlockComment())) {
        return;
      }
    }
  }

  /**
   * Skips what separates two statements: the rule {@code BLOCKSEP}.
   *
   * @return whether there was a separator; if not, the position is unchanged
   */
  public boolean skipSeparators() {
    int start = position;
    skipBlanks();
    boolean found = false;
    while (takeSeparator()) {
      found = true;
      skipBlanks();
    }
    if (!found) {
      position = start;
    }
    return found;
  }

  private boolean takeSeparator() {
    char c = peek();
    if (c == ';' || isNewline(c)) {
      position++;
      return true;
    }
    return c == '/' && skipLineComment();
  }

  private static boolean isNewline(char c) {
    return c == '\n' || c == '\r';
  }

  private boolean skipLineComment() {
    if (!looksAt("//")) {
      return false;
    }
    int at = position + 2;
    while (at < text.length() && text.charAt(at) != '\n') {
      if (!isDisplayCharacter(at)) {
        return false;
      }
      at++;
    }
    position = Math.min(at + 1, text.length());
    return true;
  }

  private boolean skipBlockComment() {
    if (!looksAt("/*")) {
      return false;
    }
    int depth = 1;
    int at = position + 2;
    while (depth > 0) {
      if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (at < text.length() && isDisplayCharacter(at)) {
        at++;
      } else {
        return false;
      }
    }
    position = at;
    return true;
  }

  /** Whether the character at {@code offset} may stand in strings and comments (section 2.4). */
  boolean isDisplayCharacter(int offset) {
    char c = text.charAt(offset);
    if (c < ' ') {
      return c >= '\t' && c <= '\r';
    }
    if (c == '<' && query.holeAt(offset) >= 0) {
      return false;
    }
    return c != '\u007f'
        && !(c >= '\u2000' && c <= '\u200f')
        && !(c >= '\u2028' && c <= '\u202f')
        && !(c >= '\u2060' && c <= '\u206f')
        && c != '\ufeff'
        && c < '\ufff0';
  }

  // --- identifiers ----------------------------------------------------------------------------

  public boolean atIdentifier() {
    return Keywords.startsIdentifier(peek());
  }

  /** Whether {@code word} stands here as a whole word. */
  public boolean atWord(String word) {
    return looksAt(word) && !Keywords.continuesIdentifier(peek(word.length()));
  }

  /** Steps over {@code word} if it stands here as a whole word. */
  public boolean takeWord(String word) {
    if (!atWord(word)) {
      return false;
    }
    position += word.length();
    return true;
  }

  /** The identifier or keyword that stands here; {@link #atIdentifier()} must hold. */
  public Name word() {
    int start = position;
    while (Keywords.continuesIdentifier(peek())) {
      position++;
    }
    return new Name(from(start), slice(start));
  }

  /**
   * The identifier that stands here.
   *
   * @throws SyntaxException if there is none, or if it is a keyword
   */
  public Name identifier() {
    if (!atIdentifier()) {
      throw expected("identifier");
    }
    Name name = word();
    if (Keywords.isReserved(name.text())) {
      throw new SyntaxException(SyntaxErrors.keywordAsName(name.span()));
    }
    return name;
  }
}
