package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.schema.DocumentItems;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaSources;
import io.refugium.fql10.source.Source;
import io.refugium.fsl.parse.FslParser;
import io.refugium.fsl.parse.ParsedFile;
import io.refugium.fsl.print.ItemDocuments;
import io.refugium.fsl.print.ItemPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored source files, brought up to date with the schema documents (schema specification,
 * 8.8).
 *
 * <p>Invariant: after {@link #current} the items in the files say what the schema documents say;
 * text of items that have not changed is as it was pushed.
 */
public final class SourceFiles implements SchemaSources {
  static final String MAIN = "main.fsl";

  private static final String PREAMBLE =
      """
      // The following schema is auto-generated.
      // This file contains FSL for FQL10-compatible schema items.

      """;

  @Override
  public Items items(Session session) {
    Map<String, String> files = current(session);
    session.schemaFiles().store(files);
    List<SchemaItem> items = new ArrayList<>();
    List<Diagnostic> errors = new ArrayList<>();
    for (ParsedFile file : parsed(files)) {
      items.addAll(file.items());
      errors.addAll(file.errors());
    }
    return new Items(items, errors);
  }

  /** Files as parsed, in order. */
  static List<ParsedFile> parsed(Map<String, String> files) {
    List<ParsedFile> parsed = new ArrayList<>();
    files.forEach((name, text) -> parsed.add(FslParser.parse(Source.named(name, text))));
    return parsed;
  }

  /** The files as they are for the schema that this session would leave; nothing is stored. */
  public static Map<String, String> current(Session session) {
    Map<String, String> files = new LinkedHashMap<>(session.schemaFiles().read());
    Map<Key, SchemaItem> wanted = new LinkedHashMap<>();
    for (SchemaItem item : DocumentItems.of(session.pendingCatalog())) {
      wanted.put(Key.of(item), item);
    }
    for (String name : List.copyOf(files.keySet())) {
      files.put(name, patched(FslParser.parse(Source.named(name, files.get(name))), wanted));
    }
    if (!wanted.isEmpty()) {
      files.put(MAIN, appended(files.get(MAIN), wanted));
    }
    return files;
  }

  /** What tells items apart: kind and name. */
  record Key(int collection, String name) {
    static Key of(SchemaItem item) {
      return new Key(ItemDocuments.collectionOf(item), item.name().text());
    }
  }

  /**
   * The text of a file in which every item is as wanted; what is found is taken out of {@code
   * wanted}.
   */
  private static String patched(ParsedFile file, Map<Key, SchemaItem> wanted) {
    if (!file.errors().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(file.source().text());
    for (SchemaItem item : file.items().reversed()) {
      SchemaItem now = wanted.remove(Key.of(item));
      if (now == null) {
        ItemPatch.cut(text, DocComments.startOf(text, item.span().start()), item.span().end());
      } else {
        ItemPatch.apply(text, item, now);
      }
    }
    return text.toString();
  }

  private static String appended(String main, Map<Key, SchemaItem> items) {
    StringBuilder text = new StringBuilder(main == null || main.isEmpty() ? PREAMBLE : main);
    boolean first = main == null || main.isEmpty();
    for (SchemaItem item : items.values()) {
      if (!first) {
        text.append(text.isEmpty() ? "" : isLastLineBlank(text) ? "\n" : "\n\n");
      }
      text.append(ItemPrinter.print(item));
      first = false;
    }
    return text.toString();
  }

  private static boolean isLastLineBlank(CharSequence text) {
    String all = text.toString();
    return all.substring(all.lastIndexOf('\n') + 1).isBlank();
  }
}
