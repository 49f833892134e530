package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.source.Source;
import io.refugium.fsl.diff.PlacedItem;
import io.refugium.fsl.parse.ParsedFile;
import java.util.List;
import java.util.Map;

/**
 * A schema as files, parsed.
 *
 * @param files texts by name, in order
 */
record SchemaState(Map<String, String> files, List<ParsedFile> parsed) {
  SchemaState(Map<String, String> files) {
    this(files, SourceFiles.parsed(files));
  }

  /** The schema of a database, pending changes included; the staged one if there is one. */
  static SchemaState current(Session session) {
    return new SchemaState(SourceFiles.current(session));
  }

  /** The schema in force. */
  static SchemaState active(Session session) {
    return new SchemaState(SourceFiles.active(session));
  }

  /** All items with the places where they start. */
  List<PlacedItem> items() {
    return parsed.stream().flatMap(file -> file.items().stream()).map(SchemaState::placed).toList();
  }

  static PlacedItem placed(SchemaItem item) {
    String text = item.span().source().text();
    return new PlacedItem(item, DocComments.startOf(text, item.span().start()));
  }

  /**
   * An item with its comments.
   *
   * @param file the name of its file
   */
  record Found(SchemaItem item, String file, int start, int end) {
    String text() {
      return item.span().source().text().substring(start, end);
    }
  }

  /**
   * The item of a name.
   *
   * @throws SchemaFailure if there is none
   */
  Found require(ItemKind kind, String name) {
    for (ParsedFile file : parsed) {
      for (SchemaItem item : file.items()) {
        if (kind.includes(item) && item.name().text().equals(name)) {
          Source source = item.span().source();
          return new Found(
              item,
              source.name(),
              DocComments.startOf(source.text(), item.span().start()),
              DocComments.endOf(source.text(), item.span().end()));
        }
      }
    }
    throw new SchemaFailure(404, "Not found");
  }
}
