package io.refugium.fql4.functions;

import io.refugium.fql4.language.VersionValue;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths into the {@code source} field of index documents, which may say {@code class} for {@code
 * collection} (spec: FQL v4, 6.2).
 */
public final class Sources {
  private static final StringValue SOURCE = new StringValue("source");
  private static final StringValue OLD = new StringValue("class");
  private static final StringValue NEW = new StringValue("collection");

  private Sources() {}

  /** The path with the word that index documents are stored with. */
  static List<Value> inNewWords(Value container, List<Value> path) {
    boolean applies =
        path.size() > 1
            && path.getFirst().equals(SOURCE)
            && container instanceof VersionValue version
            && version.ref().collection() == SystemCollections.INDEX
            && path.contains(OLD);
    if (!applies) {
      return path;
    }
    List<Value> renamed = new ArrayList<>(path);
    // Only the step that leads from a source to its collections, not one into a ref.
    renamed.set(path.indexOf(OLD), NEW);
    return renamed;
  }
}
