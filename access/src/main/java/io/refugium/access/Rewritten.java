package io.refugium.access;

import io.refugium.access.V4Streams.Changed;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.model.Ref;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What an edit of the history of a document did, told by the history that it left: the version that
 * was put in or taken out, and the one behind it, if that has another action since (spec HTTP
 * surface 11.3).
 */
public sealed interface Rewritten {
  /** The document. */
  Ref ref();

  /** The time of the version, in microseconds. */
  long ts();

  /** A version that is there. */
  record Kept(Changed changed) implements Rewritten {
    @Override
    public Ref ref() {
      return changed.version().ref();
    }

    @Override
    public long ts() {
      return changed.version().ts();
    }
  }

  /**
   * A version that is gone.
   *
   * @param change what it did to its document; a removed deletion counts as what it would have been
   *     with content, since nothing is left to tell
   */
  record Removed(Ref ref, long ts, Version.Change change) implements Rewritten {}

  /**
   * What an edit did.
   *
   * @param history the versions of the document, oldest first
   * @param at the time of the version that was put in or taken out
   */
  static List<Rewritten> of(Ref ref, Iterator<Version> history, long at) {
    Version earlier = null;
    Version edited = null;
    Version later = null;
    while (later == null && history.hasNext()) {
      Version version = history.next();
      if (version.ts() < at) {
        earlier = version;
      } else if (version.ts() == at) {
        edited = version;
      } else {
        later = version;
      }
    }
    return edited == null ? removal(ref, at, earlier, later) : insertion(earlier, edited, later);
  }

  private static List<Rewritten> insertion(Version earlier, Version edited, Version later) {
    List<Rewritten> parts = new ArrayList<>(2);
    if (isLive(later) && isLive(earlier) != isLive(edited)) {
      parts.add(kept(edited, later));
    }
    parts.add(kept(earlier, edited));
    return parts;
  }

  private static List<Rewritten> removal(Ref ref, long at, Version earlier, Version later) {
    List<Rewritten> parts = new ArrayList<>(2);
    parts.add(
        new Removed(ref, at, isLive(earlier) ? Version.Change.UPDATE : Version.Change.CREATE));
    if (isLive(later) && !isLive(earlier)) {
      parts.add(kept(earlier, later));
    }
    return parts;
  }

  private static boolean isLive(Version version) {
    return version != null && version.fields() != null;
  }

  private static Kept kept(Version before, Version version) {
    return new Kept(new Changed(document(before), document(version), version));
  }

  private static Document document(Version version) {
    return version == null ? null : version.document();
  }
}
