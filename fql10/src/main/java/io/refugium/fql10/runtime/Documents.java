package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What operators and library functions need to know of documents. Every document argument is a
 * {@link io.refugium.model.Ref} or a {@link DocumentValue}. Reads what the caller may read only.
 */
public interface Documents {
  /**
   * Why the document cannot be seen: it is absent, deleted, or may not be read; Java's {@code null}
   * if it can.
   */
  NullCause missing(QueryContext context, Value document);

  /**
   * Whether the document may be read, existing or not. Does not read it where rights allow that.
   */
  boolean mayRead(QueryContext context, Value document);

  /** Identity: the collection, then id or name. Two values are the same document if it is equal. */
  Identity identity(Value document);

  /** Whether the documents of a collection are called by name. */
  boolean isNamed(Module collection);

  /** The document of a collection with an id, which need not exist. */
  Value byId(Module collection, long id);

  /** The existing document of a native collection with a name. */
  Optional<Value> byName(Module collection, String name);

  /** How the wire shows a document. */
  Reference reference(Value document);

  /** The text for a document of FQL v4 that this language does not know; null for all others. */
  String foreignText(Value document);

  /** What a reference looks like inside the text of another document. */
  String describeReference(Value document);

  /** All visible fields in the order of library specification, section 12. */
  Fields fields(QueryContext context, Value document);

  /**
   * A field, property or bound method.
   *
   * @param receiver where failures to read the document are reported
   * @param place where a null that stands for a missing field arises
   */
  Value select(QueryContext context, Value document, String name, Span receiver, Span place);

  /** Whether a member is there whether or not the document can be seen. */
  boolean isAlwaysKnown(Value document, String name);

  /** The method of this name that documents of the collection have, or null. */
  Method method(Value document, String name);

  /** Fails unless the document can be read. */
  void requireReadable(QueryContext context, Value document, Span receiver);

  /**
   * What a document is.
   *
   * @param name of a document of a collection whose documents have names, else null
   */
  record Identity(int collection, long id, String name) implements Comparable<Identity> {
    @Override
    public int compareTo(Identity other) {
      int byCollection = Integer.compare(collection, other.collection);
      if (byCollection != 0) {
        return byCollection;
      }
      return name != null && other.name != null
          ? name.compareTo(other.name)
          : Long.compare(id, other.id);
    }
  }

  /**
   * The fields of a document.
   *
   * @param own come first
   * @param contents come next, as they are stored
   */
  record Fields(List<Map.Entry<String, Value>> own, ObjectValue contents) {
    /** Both in one. */
    public List<Map.Entry<String, Value>> all() {
      List<Map.Entry<String, Value>> all = new ArrayList<>(own);
      contents.forEach(all::add);
      return all;
    }
  }

  /**
   * How a document is called on the wire.
   *
   * @param collection the name of its collection
   * @param named whether {@code key} is a name rather than an id
   */
  record Reference(String collection, boolean named, String key) {}
}
