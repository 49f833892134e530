package io.refugium.access;

import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/**
 * One thing that a principal wants to do: an action, what it is done to, and whatever a predicate
 * may want to know about it (spec access 5.5). {@link Guard#decide} answers it.
 */
public sealed interface Operation extends PredicateInput {
  /** The document, index, function or collection that it is done to. */
  Ref target();

  /** The action that a privilege has to grant. */
  Action action();

  /**
   * What privileges are given for: the collection of a document; an index, function or collection
   * itself.
   */
  default Ref resource() {
    return collectionOf(target());
  }

  /** Reading a document. v4 predicates get the reference, v10 predicates the document. */
  record Read(Ref target, Document version) implements Operation {
    /** Reading the document as it is now, for which predicates look it up themselves. */
    public Read(Ref target) {
      this(target, null);
    }

    /** Reading a version that need not be the current one, as a stream does. */
    public static Read of(Document version) {
      return new Read(version.ref(), version);
    }

    @Override
    public Action action() {
      return Action.READ;
    }
  }

  /**
   * Creating a document. v4 predicates get the contents as an object, v10 predicates the document
   * with its id.
   *
   * @param contents the top level fields, before defaults and validation
   */
  record Create(Ref target, ObjectValue contents) implements Operation {
    @Override
    public Action action() {
      return Action.CREATE;
    }
  }

  /**
   * Creating a document under an id of the caller's choice; a two-parameter v4 predicate gets the
   * reference as well.
   */
  record CreateWithId(Ref target, ObjectValue contents) implements Operation {
    @Override
    public Action action() {
      return Action.CREATE_WITH_ID;
    }
  }

  /**
   * Updating or replacing a document.
   *
   * @param before the fields as stored
   * @param after the fields as they will be: v10's {@code new}
   * @param patched v4's {@code new}: for a replacement by v4 the stored fields patched with the
   *     given ones, otherwise the same
   */
  record Write(Ref target, ObjectValue before, ObjectValue after, ObjectValue patched)
      implements Operation {
    @Override
    public Action action() {
      return Action.WRITE;
    }
  }

  /** Deleting a document. v4 predicates get the reference, v10 predicates the document. */
  record Delete(Ref target) implements Operation {
    @Override
    public Action action() {
      return Action.DELETE;
    }
  }

  /** Looking at the history of a document. Predicates get the reference. */
  record HistoryRead(Ref target) implements Operation {
    @Override
    public Action action() {
      return Action.HISTORY_READ;
    }
  }

  /**
   * Inserting or removing an entry of a document's history. Predicates get reference, time, action
   * and data.
   *
   * @param ts the time of the entry, in microseconds
   * @param change what the entry says happened
   * @param data the fields of the version inserted or removed; empty when there is none
   */
  record HistoryWrite(Ref target, long ts, Version.Change change, ObjectValue data)
      implements Operation {
    @Override
    public Action action() {
      return Action.HISTORY_WRITE;
    }
  }

  /**
   * Using an index as a set whose elements are then checked one by one. Predicates get the array of
   * terms.
   */
  record ReadIndex(Ref target, List<Value> terms) implements Operation {
    @Override
    public Action action() {
      return Action.READ;
    }

    @Override
    public Ref resource() {
      return target;
    }
  }

  /** Using an index as a set whose elements are not checked. Predicates get the array of terms. */
  record ReadIndexUnrestricted(Ref target, List<Value> terms) implements Operation {
    @Override
    public Action action() {
      return Action.UNRESTRICTED_READ;
    }

    @Override
    public Ref resource() {
      return target;
    }
  }

  /**
   * Listing a collection without checking its documents. Predicates get null. The target is the
   * collection.
   */
  record ListUnrestricted(Ref target) implements Operation {
    @Override
    public Action action() {
      return Action.UNRESTRICTED_READ;
    }

    @Override
    public Ref resource() {
      return target;
    }
  }

  /**
   * Calling a function. Predicates get the arguments: v10 positionally, v4 one as itself and
   * several as an array.
   */
  record Call(Ref target, List<Value> arguments) implements Operation {
    @Override
    public Action action() {
      return Action.CALL;
    }

    @Override
    public Ref resource() {
      return target;
    }
  }

  /** The collection of a document, itself a document. */
  static Ref collectionOf(Ref document) {
    return new Ref(document.scope(), SystemCollections.COLLECTION, document.collection());
  }
}
