package io.refugium.access;

import io.refugium.database.Transaction;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The source files of the schema of the database that a session is in (schema specification, 8.8).
 * They follow the schema documents, which every writer of schema changes; asking for them as such
 * is for those who may read or write the schema, which the caller checks ({@link
 * PermissionSet#mayReadSchema}).
 */
public final class SchemaFiles {
  private static final String NAME = "name";
  private static final String CONTENT = "content";

  private final Session session;

  SchemaFiles(Session session) {
    this.session = session;
  }

  /**
   * The texts of all files by name, in order of creation, own writes included; of the staged schema
   * if there is one.
   */
  public Map<String, String> read() {
    return read(Transaction.NOW);
  }

  /** The same of the schema in force while another one is staged. */
  public Map<String, String> readActive() {
    return read(session.transaction().staged(session.scope()).pinnedAt());
  }

  private Map<String, String> read(long at) {
    Map<String, String> files = new LinkedHashMap<>();
    try (DocumentScan scan = scan(at)) {
      while (scan.next()) {
        files.put(text(scan.document(), NAME), text(scan.document(), CONTENT));
      }
    }
    return files;
  }

  /** Makes these the files: others are removed, equal ones not touched. */
  public void store(Map<String, String> files) {
    Map<String, Document> known = new LinkedHashMap<>();
    try (DocumentScan scan = scan(Transaction.NOW)) {
      while (scan.next()) {
        known.put(text(scan.document(), NAME), scan.document());
      }
    }
    known.forEach(
        (name, document) -> {
          if (!files.containsKey(name)) {
            session.writing(() -> session.transaction().delete(document.ref()));
          }
        });
    files.forEach((name, content) -> store(name, content, known.get(name)));
  }

  private void store(String name, String content, Document known) {
    if (known != null && text(known, CONTENT).equals(content)) {
      return;
    }
    Ref ref = known == null ? session.newRef(SystemCollections.SCHEMA_SOURCE) : known.ref();
    session.writing(() -> session.transaction().put(ref, file(name, content)));
  }

  private static ObjectValue file(String name, String content) {
    return ObjectValue.builder()
        .put(NAME, new StringValue(name))
        .put(CONTENT, new StringValue(content))
        .build();
  }

  private DocumentScan scan(long at) {
    return session
        .transaction()
        .sets()
        .scan(session.scope(), SystemCollections.SCHEMA_SOURCE, at, Direction.ASCENDING);
  }

  private static String text(Document document, String field) {
    return ((StringValue) document.get(field)).value();
  }
}
