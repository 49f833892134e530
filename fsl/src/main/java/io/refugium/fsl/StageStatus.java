package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.fql10.schema.DocumentItems;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fsl.print.ItemPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a staged schema is (schema specification, 10.6).
 *
 * @param pending what is not ready, as text for people; empty if everything is
 */
public record StageStatus(State state, String pending) {
  /** Whether the staged schema can be committed. */
  public enum State {
    NONE,
    PENDING,
    READY,
    FAILED;

    /** The state as clients know it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static StageStatus of(Session session) {
    if (!session.schemaStage().isStaged()) {
      return new StageStatus(State.NONE, "");
    }
    State state = State.READY;
    StringBuilder pending = new StringBuilder();
    for (CollectionDef collection : session.pendingCatalog().collections()) {
      List<Part> unready = unready(collection);
      if (!unready.isEmpty()) {
        pending.append("* Collection ").append(collection.name()).append(":\n");
      }
      for (Part part : unready) {
        boolean failed = part.status() == IndexDef.Status.FAILED;
        state = failed || state == State.FAILED ? State.FAILED : State.PENDING;
        pending.append(failed ? "  ! " : "  ~ ").append(part.what());
        pending.append(failed ? ": failed\n" : ": building\n");
      }
    }
    return new StageStatus(state, pending.toString());
  }

  private record Part(String what, IndexDef.Status status) {}

  private static List<Part> unready(CollectionDef collection) {
    List<Part> parts = new ArrayList<>();
    for (CollectionDef.NamedIndex index : collection.namedIndexes().values()) {
      parts.add(new Part("index " + index.name(), index.backing().status()));
    }
    CollectionItem item = DocumentItems.collection(collection).orElse(null);
    for (int i = 0; item != null && i < collection.uniqueConstraints().size(); i++) {
      parts.add(
          new Part(
              "unique constraint on " + ItemPrinter.terms(item.uniques().get(i).terms()),
              collection.uniqueConstraints().get(i).backing().status()));
    }
    parts.removeIf(part -> part.status() == IndexDef.Status.ACTIVE);
    return parts;
  }
}
