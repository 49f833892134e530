package io.refugium.fql4;

import io.refugium.access.Rewritten;
import io.refugium.access.Session;
import io.refugium.access.V4Streams;
import io.refugium.access.V4Streams.Changed;
import io.refugium.access.V4Streams.Moved;
import io.refugium.database.DocumentChanges.Edit;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.SessionNames;
import io.refugium.fql4.language.Versions;
import io.refugium.fql4.wire.AnswerText;
import io.refugium.fql4.wire.ValueWriter;
import io.refugium.model.ArrayValue;
import io.refugium.model.JsonBuffer;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The lines of a stream: its events as JSON, as far as they may be told (spec: HTTP surface, 11.2,
 * 11.3). Confined to the thread of its session.
 */
final class EventLines {
  private final Session session;
  private final Watched watched;
  private final Set<StreamFields> fields;
  private final ApiVersion version;

  EventLines(Session session, Watched watched, Set<StreamFields> fields, ApiVersion version) {
    this.session = session;
    this.watched = watched;
    this.fields = fields;
    this.version = version;
  }

  /** The first line. */
  static byte[] start(long time) {
    return line("start", time, out -> out.number(time));
  }

  /** The last line of a stream whose reader has lost the rights that it was opened with. */
  static byte[] rightsLost(long time) {
    return error("permission denied", "Authorization lost during stream evaluation.", time);
  }

  /**
   * The last line of a stream that fell so far behind that what it missed is not known any more.
   */
  static byte[] leftBehind(long time) {
    return error("time out", "Stream timed out while synchronizing.", time);
  }

  /** The last line of a stream that the database cannot serve. */
  static byte[] failed(DatabaseException reason, long time) {
    return error("internal server error", reason.getMessage(), time);
  }

  private static byte[] error(String code, String description, long time) {
    return line(
        "error",
        time,
        out ->
            out.raw("{\"code\":")
                .string(code)
                .raw(",\"description\":")
                .string(description)
                .raw('}'));
  }

  /** What the change of a document at a time makes of what is watched. */
  List<byte[]> of(Ref document, long time) {
    V4Streams streams = session.v4().streams();
    return switch (watched) {
      case Watched.OneDocument(Ref ref) -> {
        boolean withBefore =
            fields.contains(StreamFields.DIFF) || fields.contains(StreamFields.PREV);
        Changed changed = ref.equals(document) ? streams.document(ref, time, withBefore) : null;
        yield changed == null ? List.of() : List.of(version("version", changed, time));
      }
      case Watched.Documents(Ref collection) ->
          document.collection() == collection.id()
              ? moved(streams.ofCollection(document, time), null, List.of(collection), time)
              : List.of();
      case Watched.Entries(Ref ref, List<Value> terms) -> {
        IndexDef index = Watched.definition(session, ref);
        yield index != null && index.covers(document.collection())
            ? moved(streams.ofIndex(index, terms, document, time), ref, terms, time)
            : List.of();
      }
    };
  }

  /** What an edit of history makes of what is watched. */
  List<byte[]> of(Edit edit, long time) {
    V4Streams streams = session.v4().streams();
    return switch (watched) {
      case Watched.OneDocument(Ref ref) when ref.equals(edit.document()) ->
          streams.rewritten(ref, edit.at()).stream().map(part -> rewritten(part, time)).toList();
      case Watched.Documents(Ref collection) when edit.document().collection() == collection.id() ->
          streams.rewrittenIn(collection, edit.document(), edit.at()).stream()
              .map(part -> added(part, collection, time))
              .toList();
      default -> List.of();
    };
  }

  private byte[] rewritten(Rewritten part, long time) {
    return switch (part) {
      case Rewritten.Kept(Changed changed) -> version("history_rewrite", changed, time);
      case Rewritten.Removed(Ref ref, long ts, Version.Change change) -> {
        ObjectValue.Builder event = ObjectValue.builder();
        if (fields.contains(StreamFields.ACTION)) {
          event.put("action", action(change));
        }
        if (fields.contains(StreamFields.DOCUMENT)) {
          event.put("document", known(ref, ts));
        }
        if (fields.contains(StreamFields.DIFF)) {
          event.put("diff", known(ref, ts));
        }
        yield line("history_rewrite", time, event.build());
      }
    };
  }

  private static StringValue action(Version.Change change) {
    return new StringValue(change.name().toLowerCase(Locale.ROOT));
  }

  private byte[] version(String type, Changed changed, long time) {
    Version.Change change = changed.version().change();
    long ts = changed.version().ts();
    Ref ref = changed.version().ref();
    ObjectValue.Builder event = ObjectValue.builder();
    if (fields.contains(StreamFields.ACTION)) {
      event.put("action", action(change));
    }
    if (fields.contains(StreamFields.DOCUMENT)) {
      Document shown = change == Version.Change.DELETE ? changed.before() : changed.after();
      event.put("document", shown == null ? known(ref, ts) : Versions.of(shown));
    }
    if (fields.contains(StreamFields.DIFF)) {
      event.put("diff", Versions.of(new Document(ref, ts, changed.version().diff())));
    }
    if (fields.contains(StreamFields.PREV)) {
      event.put("prev", changed.before() == null ? known(ref, ts) : Versions.of(changed.before()));
    }
    return line(type, time, event.build());
  }

  private List<byte[]> moved(List<Moved> moves, Ref index, List<Value> terms, long time) {
    return moves.stream().map(move -> moved(move, time, index, terms, time)).toList();
  }

  /** An edit of a member's history comes as if the version had been added. */
  private byte[] added(Rewritten part, Ref collection, long time) {
    Moved move = new Moved(true, part.ref(), List.of());
    return moved(move, part.ts(), null, List.of(collection), time);
  }

  private byte[] moved(Moved move, long ts, Ref index, List<Value> terms, long time) {
    ObjectValue.Builder event = ObjectValue.builder();
    if (fields.contains(StreamFields.ACTION)) {
      event.put("action", new StringValue(move.added() ? "add" : "remove"));
    }
    if (fields.contains(StreamFields.DOCUMENT)) {
      event.put("document", known(move.document(), ts));
    }
    if (fields.contains(StreamFields.INDEX)) {
      ObjectValue.Builder entry = ObjectValue.builder();
      if (index != null) {
        entry.put("ref", index);
      }
      event.put(
          "index",
          entry
              .put("terms", new ArrayValue(terms))
              .put("values", new ArrayValue(move.values()))
              .build());
    }
    return line("set", time, event.build());
  }

  /** A document of which only reference and time are told. */
  private static ObjectValue known(Ref ref, long time) {
    return ObjectValue.builder().put("ref", ref).put("ts", new LongValue(time)).build();
  }

  private byte[] line(String type, long time, Value event) {
    return line(
        type, time, out -> new ValueWriter(out, new SessionNames(session), version).write(event));
  }

  private static byte[] line(
      String type, long time, java.util.function.Consumer<JsonBuffer> event) {
    JsonBuffer out = AnswerText.empty();
    out.raw("{\"type\":\"").raw(type).raw("\",\"txn\":").number(time).raw(",\"event\":");
    event.accept(out);
    out.raw("}\r\n");
    return out.toBytes(time);
  }
}
