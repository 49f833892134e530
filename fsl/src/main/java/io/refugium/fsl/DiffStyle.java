package io.refugium.fsl;

import io.refugium.access.ReadTime;
import io.refugium.access.Session;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.DocumentScan;
import io.refugium.fsl.diff.Change;
import io.refugium.fsl.diff.DiffFormat;
import io.refugium.fsl.diff.SchemaDiff;
import io.refugium.fsl.diff.SemanticDiff;
import io.refugium.fsl.diff.TextDiff;
import io.refugium.storage.Direction;
import java.util.List;

/** How a client wants to be told of differences. */
public record DiffStyle(DiffFormat format, boolean coloured) {

  /** The differences between two schemas. */
  String tell(Session session, SchemaState before, SchemaState after) {
    return tell(session, before, after, SchemaDiff.between(before.items(), after.items()));
  }

  /** The differences that an edit makes. */
  String tell(Session session, SchemaState before, SchemaState after, ItemEdit.Outcome outcome) {
    return outcome.isRename()
        ? tell(
            session,
            before,
            after,
            SchemaDiff.between(
                before.items(),
                after.items(),
                SchemaState.placed(outcome.before().item()),
                after.items().stream()
                    .filter(item -> item.item().getClass() == outcome.after().getClass())
                    .filter(item -> item.item().name().text().equals(outcome.after().name().text()))
                    .findFirst()
                    .orElseThrow()))
        : tell(session, before, after);
  }

  private String tell(
      Session session, SchemaState before, SchemaState after, List<Change> changes) {
    return switch (format) {
      case TEXTUAL -> TextDiff.between(before.files(), after.files(), coloured);
      case SUMMARY -> SemanticDiff.print(changes, true, coloured, name -> true);
      case SEMANTIC -> SemanticDiff.print(changes, false, coloured, name -> isEmpty(session, name));
    };
  }

  private static boolean isEmpty(Session session, String name) {
    CollectionDef collection = session.catalog().collection(name);
    if (collection == null) {
      return true;
    }
    try (DocumentScan documents =
        session.v10().scan(collection.id(), ReadTime.NOW, Direction.ASCENDING)) {
      return !documents.next();
    }
  }
}
