package io.refugium.access;

import io.refugium.database.StagedSchema;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.util.function.Consumer;

/**
 * The staged schema of the database that a session is in (schema specification, 10.6). Only those
 * change it who may write the schema; while there is one, FQL v4 changes no schema at all.
 */
public final class SchemaStage {
  private final Session session;

  SchemaStage(Session session) {
    this.session = session;
  }

  /** Whether a schema is staged. */
  public boolean isStaged() {
    return session.transaction().isStaged(session.scope());
  }

  /** From now on changes of the schema wait to be committed. */
  public void begin() {
    change(StagedSchema::begin);
  }

  /** Makes the staged schema, which must have been checked, the one in force. */
  public void commit() {
    change(StagedSchema::commit);
  }

  /** Throws the staged schema away. */
  public void abandon() {
    change(StagedSchema::abandon);
  }

  private void change(Consumer<StagedSchema> change) {
    if (!session.permissions().mayWriteSchema()) {
      throw new AccessException.Denied(Decision.NO_GRANT);
    }
    session.writing(
        () -> {
          change.accept(session.transaction().staged(session.scope()));
          return null;
        });
  }

  /** What FQL v4 stores in a document, refused when that would change a staged schema. */
  Preparation unstaged(Preparation preparation) {
    return ref -> {
      ObjectValue fields = preparation.prepare(ref);
      requireUnstaged(ref);
      return fields;
    };
  }

  /**
   * @throws AccessException.SchemaStaged if this is a document of a schema that is staged
   */
  void requireUnstaged(Ref document) {
    boolean schema =
        SystemCollections.isNamed(document.collection())
            && document.collection() != SystemCollections.DATABASE;
    if (schema && isStaged()) {
      throw new AccessException.SchemaStaged();
    }
  }
}
