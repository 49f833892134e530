package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
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
import java.util.stream.Collectors;

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

  /** Put before what documents say but files may not: names, for one, that only FQL v4 allows. */
  private static final String WARNING =
      """
      // WARNING: the following auto-generated items contain invalid FSL syntax.
      // They stand for definitions that were made by queries. Correct them here or by
      // queries: no schema can be pushed as long as they are like this.

      // Invalid items:
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

  /**
   * The files as they are for the schema that this session would leave, the staged one if there is
   * one; nothing is stored.
   */
  public static Map<String, String> current(Session session) {
    return upToDate(session.schemaFiles().read(), session.pendingCatalog());
  }

  /** The files of the schema in force. */
  static Map<String, String> active(Session session) {
    return session.schemaStage().isStaged()
        ? upToDate(session.schemaFiles().readActive(), session.catalog())
        : current(session);
  }

  private static Map<String, String> upToDate(Map<String, String> stored, Catalog schema) {
    Map<String, String> files = new LinkedHashMap<>(stored);
    Map<Key, SchemaItem> wanted = new LinkedHashMap<>();
    for (SchemaItem item : DocumentItems.of(schema)) {
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
    String printed =
        items.values().stream().map(ItemPrinter::print).collect(Collectors.joining("\n"));
    boolean valid = FslParser.parse(Source.named(MAIN, printed)).errors().isEmpty();
    String added = valid ? printed : WARNING + printed;
    if (main == null || main.isEmpty()) {
      return PREAMBLE + added;
    }
    return main + (isLastLineBlank(main) ? "\n" : "\n\n") + added;
  }

  private static boolean isLastLineBlank(String text) {
    return text.substring(text.lastIndexOf('\n') + 1).isBlank();
  }
}
