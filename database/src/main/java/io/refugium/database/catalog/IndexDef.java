package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.LambdaValue;
import io.refugium.model.SystemCollections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An index as one version of the schema defines it: an index document of FQL v4, or the index
 * behind one or several indexes and unique constraints of a v10 collection (spec: fql4 10, schema
 * 6).
 *
 * @param id internal id, never reused
 * @param language whose rules decide which entries a document has
 * @param name the name of a v4 index; null for v10, where collections name them
 * @param sources whose documents it indexes
 * @param terms what entries are looked up by; matched exactly
 * @param values what entries hold and are ordered by
 * @param unique whether no two documents may share an entry
 * @param serialized whether reads of it are validated when the transaction commits
 * @param status how far its build has come
 * @param partitions for the metrics (http.md 10.2); without effect otherwise
 * @param document the index document of v4; null for v10
 */
public record IndexDef(
    long scope,
    int id,
    Language language,
    String name,
    List<Source> sources,
    List<Component> terms,
    List<Component> values,
    boolean unique,
    boolean serialized,
    Status status,
    int partitions,
    Document document)
    implements Definition {
  /** Whose rules decide about entries. */
  public enum Language {
    V4,
    V10
  }

  /** The life of an index. Writes maintain it from the start. */
  public enum Status {
    BUILDING,
    ACTIVE,
    FAILED
  }

  /**
   * Collections whose documents are indexed, with the functions that compute bindings for them.
   *
   * @param every whether it means all user collections, also future ones
   * @param collections their internal ids otherwise
   * @param bindings functions of the document, by name
   */
  public record Source(boolean every, Set<Integer> collections, Map<String, LambdaValue> bindings) {
    boolean covers(int collection) {
      return every ? SystemCollections.isUser(collection) : collections.contains(collection);
    }
  }

  /** One term or value. */
  public record Component(Extractor extractor, boolean mva, boolean reverse, boolean casefold) {}

  /** Where a component comes from. */
  public sealed interface Extractor {
    /**
     * A path into the document as v4 sees it: {@code ["data", "name"]}; steps are strings and
     * longs.
     */
    record Path(List<Object> steps) implements Extractor {}

    /** A binding of the source. */
    record Binding(String name) implements Extractor {}

    /** A computed field of the v10 collection, and a path into its value. */
    record Computed(String field, List<Object> steps) implements Extractor {}
  }

  /** For each value whether its order is descending. */
  public boolean[] descending() {
    boolean[] descending = new boolean[values.size()];
    for (int i = 0; i < descending.length; i++) {
      descending[i] = values.get(i).reverse();
    }
    return descending;
  }

  /** Whether queries may use it. */
  public boolean isActive() {
    return status == Status.ACTIVE;
  }

  /** The source that covers a collection, or null. */
  public Source sourceOf(int collection) {
    for (Source source : sources) {
      if (source.covers(collection)) {
        return source;
      }
    }
    return null;
  }

  /** Terms and values: what entering a document costs in units of compute (http.md 10.3). */
  public int fieldCount() {
    return terms.size() + values.size();
  }

  /** Whether documents of this collection have entries in it. */
  public boolean covers(int collection) {
    return sourceOf(collection) != null;
  }
}
