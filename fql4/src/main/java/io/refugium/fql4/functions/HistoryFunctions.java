package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.OBJECT;
import static io.refugium.fql4.language.Kind.REF;
import static io.refugium.fql4.language.Kind.TIME;

import io.refugium.database.document.Version;
import io.refugium.fql4.documents.DocumentKind;
import io.refugium.fql4.documents.Draft;
import io.refugium.fql4.documents.Nulls;
import io.refugium.fql4.documents.Writing;
import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.EventValue;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Place;
import io.refugium.fql4.language.Types;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/** Writing history (spec: FQL v4, 11.5). */
final class HistoryFunctions {
  private HistoryFunctions() {}

  static void define(Library library) {
    library
        .define("insert", REF)
        .with("ts", TIME)
        .with("action", HistoryFunctions::action)
        .optional("params", OBJECT)
        .writes()
        .as(HistoryFunctions::insert);
    library
        .define("remove", REF)
        .with("ts", TIME)
        .with("action", HistoryFunctions::action)
        .writes()
        .as(HistoryFunctions::remove);
  }

  /** The word or value of an action that documents know. */
  static Value action(Value value, Place place) {
    ActionValue action =
        switch (value) {
          case ActionValue known -> known;
          case StringValue(String word) -> ActionValue.of(word);
          default -> null;
        };
    if (action == null || action.isOfSet()) {
      throw Errors.wrongAction(place.position(), Types.nameOf(value));
    }
    return action;
  }

  private static Version.Change change(Call call) {
    return switch ((ActionValue) call.value(2)) {
      case DELETE -> Version.Change.DELETE;
      case UPDATE -> Version.Change.UPDATE;
      default -> Version.Change.CREATE;
    };
  }

  private static void requireHistory(Call call, Ref ref, String verb) {
    Writing.requireOwn(call, ref);
    boolean writable =
        SystemCollections.isUser(ref.collection()) || ref.collection() == SystemCollections.KEY;
    if (!writable) {
      throw Errors.noHistoryOf(call.position(), verb);
    }
  }

  private static Value insert(Call call) {
    Ref ref = (Ref) call.value(0);
    requireHistory(call, ref, "insert");
    long ts = ReadFunctions.micros(call.value(1));
    ObjectValue params = Writing.params(call, 3);
    if (ts > call.evaluation().session().snapshotTime()) {
      throw Errors.invalidWriteTime(call.position());
    }
    DocumentKind kind = DocumentKind.of(ref.collection());
    ObjectValue fields = Nulls.without(Writing.known(kind, params));
    Version.Change change = change(call);
    Writing.guarded(
        call,
        call.position(0),
        call.position(),
        () -> {
          Writing.session(call)
              .v4()
              .insert(ref, ts, change, fields, target -> prepare(call, kind, target, fields));
          return null;
        });
    ActionValue shown = change == Version.Change.DELETE ? ActionValue.DELETE : ActionValue.CREATE;
    boolean empty = !(fields.get("data") instanceof ObjectValue data) || data.isEmpty();
    return new EventValue(
        new LongValue(ts),
        shown,
        ref,
        ObjectValue.of("data", empty ? NullValue.NULL : fields.get("data")),
        null);
  }

  private static ObjectValue prepare(Call call, DocumentKind kind, Ref ref, ObjectValue fields) {
    Draft draft = new Draft(call, ref, null, fields, fields);
    if (SystemCollections.isUser(ref.collection())) {
      kind.prepare(draft);
    }
    return draft.finished(call.position());
  }

  private static Value remove(Call call) {
    Ref ref = (Ref) call.value(0);
    requireHistory(call, ref, "remove");
    long ts = ReadFunctions.micros(call.value(1));
    Writing.guarded(
        call,
        call.position(0),
        call.position(),
        () -> {
          Writing.session(call).v4().remove(ref, ts, change(call));
          return null;
        });
    return NullValue.NULL;
  }
}
