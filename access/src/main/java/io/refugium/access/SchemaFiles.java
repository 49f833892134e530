package io.refugium.access;

import io.refugium.database.Document;
import io.refugium.database.DocumentScan;
import io.refugium.database.Transaction;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source files of the schema of the database that a session is in (schema specification, 8.8).
 * They follow the schema documents, which every writer of schema changes; asking for them as such
 * is for those who may read or write the schema, which the caller checks ({@link
 * PermissionSet#mayReadSchema}).
 */
public final class SchemaFiles {
  private static final String NAME = "name";
  private static final String CONTENT = "content";
  private static final String FILES = "files";

  /** The one document that holds the staged schema; files have larger ids. */
  private static final long STAGED_ID = 0;

  private final Session session;

  SchemaFiles(Session session) {
    this.session = session;
  }

  // ---------------------------------------------------------------- the staged schema

  /**
   * The files that wait to become the schema; empty if there are none (schema specification, 10.6).
   * While there are, nobody changes schema documents.
   */
  public Optional<Map<String, String>> staged() {
    Document staged = session.peek(stagedRef());
    if (staged == null) {
      return Optional.empty();
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (Value file : ((ArrayValue) staged.get(FILES)).values()) {
      ObjectValue fields = (ObjectValue) file;
      files.put(
          ((StringValue) fields.get(NAME)).value(), ((StringValue) fields.get(CONTENT)).value());
    }
    return Optional.of(files);
  }

  /** Keeps files to become the schema later; those kept before are forgotten. */
  public void stage(Map<String, String> files) {
    requireWriter();
    List<Value> list = new ArrayList<>();
    files.forEach((name, content) -> list.add(file(name, content)));
    ObjectValue fields = ObjectValue.of(FILES, new ArrayValue(list));
    session.writing(
        () -> {
          session.transaction().touchSchema(session.scope());
          return session.transaction().put(stagedRef(), fields);
        });
  }

  /** Forgets the files that wait to become the schema. */
  public void unstage() {
    requireWriter();
    session.writing(
        () -> {
          session.transaction().touchSchema(session.scope());
          return session.transaction().delete(stagedRef());
        });
  }

  private void requireWriter() {
    if (!session.permissions().mayWriteSchema()) {
      throw new AccessException.Denied(Decision.NO_GRANT);
    }
  }

  /**
   * Refuses to change a schema document by itself while another schema waits to take its place:
   * what is changed now would be lost then.
   */
  static void requireUnstaged(Session session, Ref document) {
    boolean schema =
        switch (document.collection()) {
          case SystemCollections.COLLECTION,
              SystemCollections.INDEX,
              SystemCollections.FUNCTION,
              SystemCollections.ROLE,
              SystemCollections.ACCESS_PROVIDER ->
              true;
          default -> false;
        };
    if (schema && session.peek(new SchemaFiles(session).stagedRef()) != null) {
      throw new AccessException.SchemaStaged();
    }
  }

  private Ref stagedRef() {
    return new Ref(session.scope(), SystemCollections.SCHEMA_SOURCE, STAGED_ID);
  }

  // ---------------------------------------------------------------- the active schema

  /** The texts of all files by name, in order of creation, own writes included. */
  public Map<String, String> read() {
    Map<String, String> files = new LinkedHashMap<>();
    try (DocumentScan scan = scan()) {
      while (scan.next()) {
        if (scan.ref().id() == STAGED_ID) {
          continue;
        }
        files.put(text(scan.document(), NAME), text(scan.document(), CONTENT));
      }
    }
    return files;
  }

  /** Makes these the files: others are removed, equal ones not touched. */
  public void store(Map<String, String> files) {
    Map<String, Document> known = new LinkedHashMap<>();
    try (DocumentScan scan = scan()) {
      while (scan.next()) {
        if (scan.ref().id() == STAGED_ID) {
          continue;
        }
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

  private DocumentScan scan() {
    return session
        .transaction()
        .scan(
            session.scope(), SystemCollections.SCHEMA_SOURCE, Transaction.NOW, Direction.ASCENDING);
  }

  private static String text(Document document, String field) {
    return ((StringValue) document.get(field)).value();
  }
}
