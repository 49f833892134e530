package io.refugium.fsl;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.source.Source;
import io.refugium.fsl.parse.FslParser;
import io.refugium.fsl.parse.ParsedFile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change of a single item in the files of a schema (schema specification, section 10.5).
 *
 * @param kind what is changed
 * @param name of the item to replace or remove; null to add one
 * @param snippet the new text; null to remove
 */
public record ItemEdit(ItemKind kind, String name, String snippet) {
  private static final String SNIPPET = "*fsl*";

  /** Adds an item to {@code main.fsl}. */
  public static ItemEdit add(ItemKind kind, String snippet) {
    return new ItemEdit(kind, null, snippet);
  }

  /** Puts another item in the place of one. */
  public static ItemEdit replace(ItemKind kind, String name, String snippet) {
    return new ItemEdit(kind, name, snippet);
  }

  /** Removes an item. */
  public static ItemEdit remove(ItemKind kind, String name) {
    return new ItemEdit(kind, name, null);
  }

  /**
   * What comes of an edit.
   *
   * @param files all files as they are then
   * @param before the item that was there, or null
   * @param after the item that is there, or null
   * @param start of the text that was replaced, removed or added, in its file
   * @param text the new text, or the removed one
   */
  record Outcome(
      Map<String, String> files,
      SchemaState.Found before,
      SchemaItem after,
      String file,
      int start,
      int end,
      String text) {
    boolean isRename() {
      return before != null
          && after != null
          && !before.item().name().text().equals(after.name().text());
    }
  }

  /**
   * Edits files.
   *
   * @throws SchemaFailure if the snippet is refused or the item does not exist
   */
  Outcome on(SchemaState state) {
    SchemaItem after = snippet == null ? null : parsed();
    SchemaState.Found before = name == null ? null : state.require(kind, name);
    Map<String, String> files = new LinkedHashMap<>(state.files());
    if (before == null) {
      String main = files.getOrDefault(SourceFiles.MAIN, "");
      String kept = main.isEmpty() ? "" : main + "\n\n";
      String text = snippet.strip();
      files.put(SourceFiles.MAIN, kept + text);
      int end = kept.length() + text.length();
      return new Outcome(files, null, after, SourceFiles.MAIN, kept.length(), end, text);
    }
    String text = snippet == null ? "" : snippet.strip();
    StringBuilder file = new StringBuilder(files.get(before.file()));
    files.put(before.file(), file.replace(before.start(), before.end(), text).toString());
    return new Outcome(
        files,
        before,
        after,
        before.file(),
        before.start(),
        before.end(),
        snippet == null ? before.text() : text);
  }

  private SchemaItem parsed() {
    if (snippet.isBlank()) {
      throw new SchemaFailure(400, "No FSL snippet provided");
    }
    ParsedFile file = FslParser.parse(Source.named(SNIPPET, snippet));
    if (!file.errors().isEmpty()) {
      throw SchemaFailure.of(file.errors());
    }
    if (file.items().size() != 1) {
      throw new SchemaFailure(400, "Expected a single schema item, got: " + file.items().size());
    }
    SchemaItem item = file.items().getFirst();
    if (!kind.includes(item)) {
      throw new SchemaFailure(400, "Wrong FSL snippet. Expected " + kind.noun());
    }
    return item;
  }
}
