package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.engine.FailureReport;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fsl.diff.PlacedItem;
import io.refugium.model.JsonBuffer;
import io.refugium.model.Ref;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be asked about the schema of a database as files (schema specification, section 10).
 * Each method runs inside one transaction; the caller has checked the permission.
 */
public final class SchemaService {
  private final Fql10 language;

  public SchemaService(Fql10 language) {
    this.language = language;
  }

  /**
   * Makes files the schema.
   *
   * @param override whether files that are not submitted go
   * @param staged whether they are to wait until they are committed, which they do anyway if others
   *     are waiting already
   * @throws SchemaFailure if they are refused
   */
  public void update(Session session, Map<String, String> files, boolean override, boolean staged) {
    SchemaPush push = push(session, files, override);
    List<SchemaItem> items = push.items();
    if (staged) {
      session.schemaStage().begin();
    }
    apply(session, push, items);
  }

  private void apply(Session session, SchemaPush push, List<SchemaItem> items) {
    try {
      push.apply();
      refuse(language.diagnoseSchema(session, items));
      push.refusal()
          .ifPresent(
              refusal -> {
                throw refusal;
              });
      refuse(language.settleSchema(session, items));
      session.finish();
    } catch (QueryFailure failure) {
      throw new SchemaFailure(400, FailureReport.message(failure));
    }
  }

  /**
   * What an update would change. Writes to find out: the session must be one whose writes are taken
   * back ({@link io.refugium.access.Gate#rehearse}).
   *
   * @param staged whether to compare with the staged schema
   * @throws SchemaFailure if the files or the types in them are refused
   */
  public String diff(
      Session session,
      Map<String, String> files,
      boolean override,
      boolean staged,
      DiffStyle style) {
    SchemaPush push = push(session, files, override);
    push.items();
    SchemaState before = staged ? SchemaState.current(session) : SchemaState.active(session);
    String diff = style.tell(session, before, new SchemaState(push.files()));
    rehearse(session, push, null);
    return diff;
  }

  private SchemaPush push(Session session, Map<String, String> files, boolean override) {
    return new SchemaPush(session, language.schemaDocuments(session), files, override);
  }

  /** Checks types and resources; what only concerns single documents is checked by an update. */
  private void rehearse(Session session, SchemaPush push, ItemEdit.Outcome edit) {
    try {
      if (edit != null && edit.isRename()) {
        push.rename(edit.before().item(), edit.after());
      }
      push.apply();
      refuse(language.diagnoseSchema(session, push.items()));
    } catch (QueryFailure failure) {
      throw new SchemaFailure(400, FailureReport.message(failure));
    }
  }

  // --- the staged schema ----------------------------------------------------------------------

  /** The files of the staged schema; the files of the schema if none is staged. */
  public Map<String, String> latestFiles(Session session) {
    return SourceFiles.current(session);
  }

  /**
   * Makes the staged schema the schema.
   *
   * @throws SchemaFailure if nothing is staged, or what is staged is not ready or has become
   *     impossible
   */
  public void commit(Session session) {
    requireStaged(session, "commit");
    StageStatus status = StageStatus.of(session);
    switch (status.state()) {
      case PENDING ->
          throw new SchemaFailure(
              400,
              "Cannot commit schema before it is in the `ready` state. Check schema status for"
                  + " details.");
      case FAILED ->
          throw new SchemaFailure(
              400, "Cannot commit schema in the `failed` state. Check schema status for details.");
      case NONE, READY -> {}
    }
    checkStaged(session);
    session.schemaStage().commit();
    session.finish();
  }

  private void checkStaged(Session session) {
    try {
      List<SchemaItem> items =
          SchemaState.current(session).items().stream().map(PlacedItem::item).toList();
      refuse(language.diagnoseSchema(session, items));
      refuse(language.settleSchema(session, items));
    } catch (QueryFailure failure) {
      throw new SchemaFailure(400, FailureReport.message(failure));
    }
  }

  /**
   * Forgets the staged schema.
   *
   * @throws SchemaFailure if nothing is staged
   */
  public void abandon(Session session) {
    requireStaged(session, "abandon");
    session.schemaStage().abandon();
  }

  private static void requireStaged(Session session, String what) {
    if (!session.schemaStage().isStaged()) {
      throw new SchemaFailure(400, "There is no staged schema to " + what);
    }
  }

  /** How far the staged schema is. */
  public StageStatus status(Session session) {
    return StageStatus.of(session);
  }

  /**
   * What committing the staged schema would change; the session is one whose writes are taken back.
   *
   * @throws SchemaFailure if the staged schema is no longer valid
   */
  public String stagedDiff(Session session, DiffStyle style) {
    if (!session.schemaStage().isStaged()) {
      return "";
    }
    String diff = style.tell(session, SchemaState.active(session), SchemaState.current(session));
    checkStaged(session);
    return diff;
  }

  // --- single items ---------------------------------------------------------------------------

  /**
   * An item of the schema.
   *
   * @throws SchemaFailure if there is none of this kind and name
   */
  public ItemView item(Session session, ItemKind kind, String name) {
    SchemaState.Found found = SchemaState.current(session).require(kind, name);
    return new ItemView(
        found.file(), found.start(), found.end(), found.text(), show(session, kind, name));
  }

  /** Changes an item: see {@link ItemEdit}. */
  public ItemView apply(Session session, ItemEdit edit) {
    ItemEdit.Outcome outcome = edit.on(SchemaState.current(session));
    SchemaPush push = push(session, outcome.files(), true);
    List<SchemaItem> items = push.items();
    if (outcome.isRename()) {
      push.rename(outcome.before().item(), outcome.after());
    }
    apply(session, push, items);
    Optional<JsonBuffer> definition =
        outcome.after() == null
            ? Optional.empty()
            : show(session, edit.kind(), outcome.after().name().text());
    return new ItemView(outcome.file(), outcome.start(), outcome.end(), outcome.text(), definition);
  }

  /** What a change of an item would change, as {@link #diff}. */
  public String diff(Session session, ItemEdit edit, DiffStyle style) {
    SchemaState before = SchemaState.current(session);
    ItemEdit.Outcome outcome = edit.on(before);
    SchemaPush push = push(session, outcome.files(), true);
    push.items();
    String diff = style.tell(session, before, new SchemaState(push.files()), outcome);
    rehearse(session, push, outcome);
    return diff;
  }

  private Optional<JsonBuffer> show(Session session, ItemKind kind, String name) {
    Ref document = session.byName(session.scope(), kind.collection(), name);
    return Optional.of(language.show(session, document));
  }

  // --- checks ---------------------------------------------------------------------------------

  private static void refuse(List<Diagnostic> errors) {
    if (!errors.isEmpty()) {
      throw SchemaFailure.of(errors);
    }
  }

  /** The files of the schema in force, brought up to date with the schema documents. */
  public Map<String, String> files(Session session) {
    return SourceFiles.active(session);
  }
}
