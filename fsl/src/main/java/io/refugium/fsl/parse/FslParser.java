package io.refugium.fsl.parse;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses schema files (schema specification, section 8.2). Never throws on any text. One syntax
 * error ends a file; what is well-formed but not allowed is reported all at once.
 */
public final class FslParser {
  private final Source source;
  private final Reader reader;
  private final List<SchemaItem> items = new ArrayList<>();
  private final Map<String, Reader.Seen> seen = new HashMap<>();

  private FslParser(Source source) {
    this.source = source;
    this.reader = new Reader(source);
  }

  /** Parses a file; the name of the source is what errors call it. */
  public static ParsedFile parse(Source source) {
    return new FslParser(source).file();
  }

  private ParsedFile file() {
    List<Diagnostic> errors;
    try {
      items();
      errors = reader.errors();
    } catch (SyntaxException failure) {
      errors = new ArrayList<>(reader.cursor.errors());
      errors.add(failure.diagnostic());
    }
    return new ParsedFile(source, items, errors);
  }

  private void items() {
    reader.skipAll();
    while (!reader.cursor.atEnd()) {
      item();
      reader.cursor.skipBlanks();
      if (!reader.cursor.atEnd() && !reader.cursor.skipSeparators()) {
        throw reader.cursor.expected("end-of-input");
      }
      reader.skipAll();
    }
  }

  private void item() {
    int start = reader.cursor.position();
    Map<String, Annotation> annotations = annotations();
    if (!reader.cursor.atIdentifier()) {
      throw reader.cursor.atEnd()
          ? reader.cursor.expected("expression")
          : reader.cursor.expected("end-of-input");
    }
    Name word = reader.cursor.word();
    Span keyword = word.span();
    Optional<Name> alias = Optional.ofNullable(annotations.get("alias")).map(Annotation::value);
    Optional<Name> role = Optional.ofNullable(annotations.get("role")).map(Annotation::value);
    switch (word.text()) {
      case "collection" -> {
        refuse(annotations.get("role"), "Annotation not supported here");
        add("collection or function", new CollectionParser(reader).item(start, keyword, alias));
      }
      case "function" ->
          add(
              "collection or function",
              new FunctionParser(reader).item(start, keyword, alias, role));
      case "role" -> {
        refuseAll(annotations);
        add("role", new RoleParser(reader).role(start, keyword));
      }
      case "access" -> {
        refuseAll(annotations);
        add("access provider", new RoleParser(reader).accessProvider(start, keyword));
      }
      default -> {
        reader.skipUnknown();
        reader.report(FslErrors.invalidItem(word.text(), word.span()));
      }
    }
  }

  private void refuse(Annotation annotation, String message) {
    if (annotation != null) {
      reader.report(FslErrors.of(message, annotation.span()));
    }
  }

  private void refuseAll(Map<String, Annotation> annotations) {
    annotations
        .values()
        .forEach(annotation -> refuse(annotation, "Annotations are not allowed here"));
  }

  private void add(String kind, Optional<? extends SchemaItem> item) {
    item.ifPresent(found -> add(kind, found));
  }

  private void add(String kind, SchemaItem item) {
    Reader.Seen names = seen.computeIfAbsent(kind, known -> reader.new Seen(known));
    names.add(item.name().text(), item.name().span());
    item.alias().ifPresent(alias -> names.add(alias.text(), alias.span()));
    items.add(item);
  }

  /** {@code @word(value)}. */
  private record Annotation(Span span, Name value) {}

  /** {@code @alias(x) @role(y)}, by word. */
  private Map<String, Annotation> annotations() {
    Map<String, Annotation> annotations = new LinkedHashMap<>();
    while (reader.cursor.peek() == '@') {
      int start = reader.cursor.position();
      reader.cursor.advance(1);
      String word = reader.cursor.atIdentifier() ? reader.cursor.word().text() : "";
      if (!word.equals("alias") && !word.equals("role")) {
        reader.cursor.moveTo(start + 1);
        throw reader.cursor.expected("alias", "role");
      }
      reader.cursor.skipNewlines();
      reader.require("(");
      reader.cursor.skipNewlines();
      Name value = reader.name();
      reader.cursor.skipNewlines();
      reader.require(")");
      Annotation annotation = new Annotation(reader.from(start), value);
      Annotation known = annotations.putIfAbsent(word, annotation);
      if (known != null) {
        reader.report(FslErrors.duplicate("annotation", word, annotation.span(), known.span()));
      }
      reader.cursor.skipNewlines();
    }
    return annotations;
  }
}
