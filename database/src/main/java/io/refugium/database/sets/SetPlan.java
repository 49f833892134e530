package io.refugium.database.sets;

import io.refugium.database.FieldMatch;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;

/**
 * An unevaluated description of an ordered sequence of entries (spec: fql4 7.1). Immutable; two
 * plans are equal when they are constructed alike. Opening one costs nothing that depends on the
 * size of the set, but for {@link Join}, which reads its source.
 */
public sealed interface SetPlan {
  /** The entries of an index, given by its reference, that have exactly these terms. */
  record Match(Ref index, List<Value> terms) implements SetPlan {
    public Match {
      terms = List.copyOf(terms);
    }
  }

  /**
   * The live documents of a collection by id.
   *
   * @param among conditions one of which every document meets that matters to whoever walks over
   *     the set, who has to look at each; others may be left out. Null: all matter
   */
  record Documents(long scope, int collection, List<FieldMatch> among) implements SetPlan {
    public Documents {
      among = among == null ? null : List.copyOf(among);
    }

    /** All documents. */
    public Documents(long scope, int collection) {
      this(scope, collection, null);
    }
  }

  /** The documents of a native collection, such as {@code keys}; of databases the children. */
  record SystemDocuments(long scope, int kind) implements SetPlan {}

  /** The one document, while it exists. */
  record Singleton(Ref ref) implements SetPlan {}

  /** A document used as a set: as {@link Singleton}, but its events are those of the document. */
  record OneDocument(Ref ref) implements SetPlan {}

  /** Each key as often as in the operand that has it most often. */
  record Union(List<SetPlan> operands) implements SetPlan {
    public Union {
      operands = List.copyOf(operands);
    }
  }

  /** Each key as often as in the operand that has it least often. */
  record Intersection(List<SetPlan> operands) implements SetPlan {
    public Intersection {
      operands = List.copyOf(operands);
    }
  }

  /** The entries of the first operand whose key occurs in no other. */
  record Difference(List<SetPlan> operands) implements SetPlan {
    public Difference {
      operands = List.copyOf(operands);
    }
  }

  /** The first entry of each key. */
  record Distinct(SetPlan set) implements SetPlan {}

  /** The entries between two prefixes, both inclusive; an empty one is unbounded. */
  record Range(SetPlan set, List<Value> from, List<Value> to) implements SetPlan {
    public Range {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** The same entries in opposite order. */
  record Reverse(SetPlan set) implements SetPlan {}

  /** The entries that satisfy a predicate, asked once for each entry that is walked over. */
  record Filter(SetPlan set, EntryPredicate predicate) implements SetPlan {}

  /**
   * The entries that somebody may see: as {@link Filter}, but for the access layer. It filters the
   * history of the set as well.
   */
  record Permitted(SetPlan set, EntryPredicate predicate) implements SetPlan {}

  /** The merged targets of all entries of the source, each entry once. */
  record Join(SetPlan source, JoinTarget target) implements SetPlan {
    /** How many entries of the source count, at most. */
    public static final int MAX_SOURCE_ENTRIES = 100_000;
  }

  /** What an entry of the source of a join leads to. */
  sealed interface JoinTarget {
    /** The index with the entry's values, or its document, as terms. */
    record Index(Ref index) implements JoinTarget {}

    /**
     * The set that a function makes of the entry.
     *
     * @param shape of those sets, or null when it is not known before
     */
    record Function(EntryFunction function, Shape shape) implements JoinTarget {}
  }

  /** Decides about an entry. */
  @FunctionalInterface
  interface EntryPredicate {
    boolean test(ReadContext context, Entry entry);
  }

  /** Makes a set of an entry. */
  @FunctionalInterface
  interface EntryFunction {
    /** The set, or null for none. */
    SetPlan apply(ReadContext context, Entry entry);
  }

  /**
   * Opens a cursor before the first entry in a direction.
   *
   * @throws IncompatibleSetsException when a join leads to sets that cannot be merged
   */
  default EntryCursor open(ReadContext context, Direction direction) {
    return Cursors.open(this, context, direction);
  }

  /**
   * How the entries of this set are built and ordered.
   *
   * @return null when only evaluating it could tell: a join with a function
   */
  default Shape shape(ReadContext context) {
    return Cursors.shape(this, context);
  }

  /**
   * Whether these sets can be united, intersected or subtracted; those of unknown shape are given
   * the benefit of the doubt.
   */
  static boolean areCompatible(List<SetPlan> sets, ReadContext context) {
    Shape first = null;
    for (SetPlan set : sets) {
      Shape shape = set.shape(context);
      if (first == null) {
        first = shape;
      } else if (shape != null && !first.isCompatible(shape)) {
        return false;
      }
    }
    return true;
  }
}
