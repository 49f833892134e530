package io.refugium.fql10.events;

import io.refugium.access.CollectionChanges;
import io.refugium.access.Session;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.request.EventRequest;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.sets.EventSources;
import java.nio.ByteBuffer;

/**
 * The event source of a request, evaluated with the rights of whoever asks (access specification,
 * section 11). Belongs to the session in which it was opened.
 *
 * @param created when the source was made, in microseconds
 * @param recipe equal for sources that tell the same
 */
record OpenedSource(Session session, WatchedSet set, long created, ByteBuffer recipe) {

  /**
   * Opens the source of a request.
   *
   * @throws RequestFailure if the token is none, or may not be used
   */
  static OpenedSource open(Session session, QueryContext context, EventRequest request) {
    OpenedSource opened = reopen(session, context, request);
    try {
      requireReadable(context, opened.set, request);
    } catch (QueryFailure refused) {
      throw request.kind().notOpened(refused.getMessage());
    }
    return opened;
  }

  /**
   * Opens the source of a stream that goes on: whether what it tells may be read is asked for each
   * event.
   */
  static OpenedSource reopen(Session session, QueryContext context, EventRequest request) {
    EventRequest.Kind kind = request.kind();
    EventSources.Opened opened;
    try {
      opened = EventSources.open(context, request.token());
    } catch (QueryFailure invalid) {
      throw EventSources.missing(context, request.token())
          .map(kind::notOpened)
          .orElseGet(kind::invalidToken);
    }
    EventSource source = opened.source();
    WatchedSet set = WatchedSet.of(source);
    if (!source.fields().isEmpty() && !set.isBare()) {
      throw kind.notOpened(
          "can't call `.changesOn()` because it was not called on the source set.");
    }
    return new OpenedSource(session, set, opened.time(), opened.recipe());
  }

  private static void requireReadable(QueryContext context, WatchedSet set, EventRequest request) {
    if (set.stored() == null) {
      NullCause missing = context.environment().documents().missing(context, set.single());
      if (NullCause.PERMISSION_DENIED.equals(missing)) {
        throw request
            .kind()
            .notOpened("Insufficient privileges to create a stream on the source document.");
      }
    } else if (set.stored().collectionName(context).isEmpty()) {
      throw request.kind().notOpened(EventSources.collectionGone(request.token()));
    } else {
      set.stored().requireSomeRead(context);
    }
  }

  /** Where to begin. */
  EventPosition start(EventRequest request) {
    return request
        .cursor()
        .orElseGet(() -> EventPosition.behind(request.startTime().orElse(created)));
  }

  /** Whether what happened after a place is still known. */
  boolean reaches(EventPosition start) {
    CollectionDef collection = session.catalog().collection(set.collection());
    return start.time() >= 0
        && (collection == null
            || start.time() >= collection.minimumValidTime(session.snapshotTime()));
  }

  /** The changes behind a place. */
  CollectionChanges changes(EventPosition start) {
    return session.changes(set.collection(), Math.max(0, start.resumeAfter()));
  }
}
