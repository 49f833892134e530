package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.DATABASE_REF;
import static io.refugium.fql4.language.Kind.OBJECT;
import static io.refugium.fql4.language.Kind.REF;
import static io.refugium.fql4.language.Kind.STRING_OR_REF;

import io.refugium.access.AccessException;
import io.refugium.access.Change;
import io.refugium.access.Session;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql4.documents.DocumentKind;
import io.refugium.fql4.documents.Draft;
import io.refugium.fql4.documents.Nulls;
import io.refugium.fql4.documents.Protection;
import io.refugium.fql4.documents.UserDocuments;
import io.refugium.fql4.documents.Writing;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.VersionValue;
import io.refugium.fql4.language.Versions;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/**
 * Creating, changing and deleting documents of every kind (spec: FQL v4, 6.6). History is in {@link
 * HistoryFunctions}.
 */
final class WriteFunctions {
  private WriteFunctions() {}

  static void define(Library library) {
    library
        .define("create", STRING_OR_REF)
        .optional("params", OBJECT)
        .writes()
        .as(WriteFunctions::create);
    library
        .define("update", REF)
        .optional("params", OBJECT)
        .writes()
        .as(call -> change(call, false));
    library
        .define("replace", REF)
        .optional("params", OBJECT)
        .writes()
        .as(call -> change(call, true));
    library.define("delete", REF).writes().as(WriteFunctions::delete);
    creator(library, SystemCollections.COLLECTION, "create_collection", "create_class");
    creator(library, SystemCollections.INDEX, "create_index");
    creator(library, SystemCollections.DATABASE, "create_database");
    creator(library, SystemCollections.FUNCTION, "create_function");
    creator(library, SystemCollections.ROLE, "create_role");
    creator(library, SystemCollections.KEY, "create_key");
    library
        .define("create_access_provider", OBJECT)
        .writes()
        .since(ApiVersion.V4)
        .as(call -> insert(call, SystemCollections.ACCESS_PROVIDER, null, Writing.params(call, 0)));
    library
        .define("move_database", DATABASE_REF)
        .with("to", DATABASE_REF)
        .writes()
        .as(WriteFunctions::move);
  }

  private static void creator(Library library, int collection, String... names) {
    for (String name : names) {
      library
          .define(name, OBJECT)
          .writes()
          .as(call -> insert(call, collection, null, Writing.params(call, 0)));
    }
  }

  // ---- Create

  private static Value create(Call call) {
    return switch (call.value(0)) {
      case StringValue(String name) -> {
        Ref collection =
            call.evaluation()
                .names()
                .find(call.evaluation().names().scope(), SystemCollections.COLLECTION, name);
        if (collection == null) {
          throw Errors.invalidRef(
              call.position(0),
              NativeCollections.word(SystemCollections.COLLECTION, call.version()),
              name);
        }
        yield insert(call, (int) collection.id(), null, Writing.params(call, 1));
      }
      case Value ref -> create(call, (Ref) ref);
    };
  }

  private static Value create(Call call, Ref ref) {
    Writing.requireOwn(call, ref);
    if (ref.collection() == SystemCollections.COLLECTION) {
      return insert(call, (int) ref.id(), null, Writing.params(call, 1));
    }
    if (NativeCollections.isNamed(ref.collection())) {
      throw Errors.alreadyExists(
          call.position(0), NativeCollections.title(ref.collection(), call.version()));
    }
    return insert(call, ref.collection(), ref, Writing.params(call, 1));
  }

  /** Writes a new document, under its own id or a new one. */
  private static Value insert(Call call, int collection, Ref chosen, ObjectValue params) {
    Position at = call.position(0);
    DocumentKind kind = DocumentKind.of(collection);
    Session session = Writing.session(call);
    requireRoom(session, kind, at);
    requireOlderCollection(call, collection);
    ObjectValue given = Writing.known(kind, params);
    ObjectValue contents = Nulls.without(given);
    ObjectValue credentials =
        SystemCollections.isUser(collection) ? UserDocuments.credentials(params) : null;
    Document created =
        Writing.guarded(
            call,
            at,
            at,
            () ->
                chosen == null
                    ? session
                        .v4()
                        .create(
                            collection,
                            contents,
                            ref -> prepare(call, kind, ref, null, params, contents),
                            credentials)
                    : session
                        .v4()
                        .createWithId(
                            chosen,
                            contents,
                            ref -> prepare(call, kind, ref, null, params, contents),
                            credentials));
    return withSecret(call, Versions.written(created, true));
  }

  private static ObjectValue prepare(
      Call call,
      DocumentKind kind,
      Ref ref,
      Document before,
      ObjectValue given,
      ObjectValue fields) {
    Draft draft = new Draft(call, ref, before, given, fields);
    Writing.requirePresent(call, Writing.position(draft));
    kind.prepare(draft);
    return draft.finished(Writing.position(draft));
  }

  /** A container holds databases, keys, roles and access providers only. */
  private static void requireRoom(Session session, DocumentKind kind, Position at) {
    if (kind.allowedInContainers()) {
      return;
    }
    DatabaseInfo database = session.database(session.scope());
    if (database != null
        && database.document() != null
        && database.document().get("container") == BooleanValue.TRUE) {
      throw Errors.notInContainer(at);
    }
  }

  /** From version 5 on a query may not create a collection and documents in it. */
  private static void requireOlderCollection(Call call, int collection) {
    Session session = Writing.session(call);
    if (call.version().isAtLeast(ApiVersion.V5)
        && SystemCollections.isUser(collection)
        && session.catalog().collection(collection) == null
        && session.pendingCatalog().collection(collection) != null) {
      throw Errors.newCollection(call.position(0));
    }
  }

  /** The secret of a new key or token: shown once, in the answer of the function that made it. */
  private static Value withSecret(Call call, VersionValue version) {
    return call.issued() == null
        ? version
        : new VersionValue(
            version.ref(),
            version.ts(),
            version.fields().with("secret", new StringValue(call.issued().text())),
            version.created());
  }

  // ---- Update, replace, delete

  private static Value change(Call call, boolean replace) {
    Ref ref = (Ref) call.value(0);
    Writing.requireOwn(call, ref);
    if (NativeCollections.isNative(ref)) {
      throw Errors.metaCollection(call.position(0), "update", call.version());
    }
    ObjectValue params = Writing.params(call, 1);
    DocumentKind kind = DocumentKind.of(ref.collection());
    ObjectValue given = Writing.known(kind, params);
    ObjectValue credentials =
        SystemCollections.isUser(ref.collection()) ? UserDocuments.credentials(params) : null;
    Session session = Writing.session(call);
    Document written =
        Writing.guarded(
            call,
            call.position(0),
            call.position(),
            () ->
                session
                    .v4()
                    .write(
                        ref,
                        before -> changed(call, kind, before, params, given, replace),
                        credentials));
    return Versions.written(written, false);
  }

  private static Change changed(
      Call call,
      DocumentKind kind,
      Document before,
      ObjectValue params,
      ObjectValue given,
      boolean replace) {
    ObjectValue patched = Nulls.merge(before.fields(), given);
    ObjectValue after = replace ? Writing.replaced(kind, before.fields(), given) : patched;
    return new Change(after, patched, ref -> prepare(call, kind, ref, before, params, after));
  }

  private static Value delete(Call call) {
    Ref ref = (Ref) call.value(0);
    Writing.requireOwn(call, ref);
    if (NativeCollections.isNative(ref)) {
      throw Errors.notFound(
          call.position(), NativeCollections.title(SystemCollections.COLLECTION, call.version()));
    }
    Session session = Writing.session(call);
    Document deleted =
        Writing.guarded(
            call,
            call.position(),
            call.position(),
            () -> {
              Protection.checkDelete(session, ref, call.position());
              return session.v4().delete(ref);
            });
    return Versions.of(deleted);
  }

  // ---- Databases

  private static Value move(Call call) {
    Ref source = (Ref) call.value(0);
    Ref target = (Ref) call.value(1);
    Writing.requireOwn(call, source);
    Session session = Writing.session(call);
    String name = call.evaluation().names().nameOf(source);
    String parent = call.evaluation().names().nameOf(target);
    if (parent == null) {
      throw Errors.cannotMove(call.position(), name, "", " is not a live database.");
    }
    try {
      Document moved =
          Writing.guarded(
              call,
              call.position(),
              call.position(),
              () -> session.v4().moveDatabase(source, Transaction.scopeOf(target)));
      return Versions.of(moved, true);
    } catch (DatabaseException.InvalidMove invalid) {
      throw Errors.cannotMove(
          call.position(),
          name,
          parent,
          switch (invalid.reason()) {
            case INTO_DESCENDANT -> "Cannot move database from ancestor to descendant.";
            case SAME_PARENT -> "Source and destination have the same scopeID.";
            case REFERS_TO_PARENT ->
                "Its metadata, or that of a key for it, refers to documents of its parent.";
          });
    } catch (AccessException.Missing _) {
      throw Errors.notFound(
          call.position(), NativeCollections.title(SystemCollections.DATABASE, call.version()));
    }
  }
}
