package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * Sets made from other sets one element at a time (library specification, section 13). What they
 * read of their source is what they are asked for.
 */
public final class Operators {
  private Operators() {}

  /** The results of a function. A projection is one too. */
  public record MappedSet(SetValue source, Callback mapper) implements DerivedSet {
    @Override
    public List<Value> parts() {
      return List.of(source, mapper.function());
    }

    @Override
    public Elements open(QueryContext context, Value position) {
      Elements elements = source.open(context, position);
      return new Elements() {
        @Override
        public Value next() {
          Value element = elements.next();
          return element == null ? null : mapper.apply(context, element);
        }

        @Override
        public boolean hasMore() {
          return elements.hasMore();
        }

        @Override
        public Value position() {
          return elements.position();
        }
      };
    }

    @Override
    public SetValue reversed() {
      return new MappedSet(source.reversed(), mapper);
    }
  }

  /** The elements for which a predicate holds. */
  public record FilteredSet(SetValue source, Callback predicate) implements DerivedSet {
    @Override
    public List<Value> parts() {
      return List.of(source, predicate.function());
    }

    @Override
    public Elements open(QueryContext context, Value position) {
      Elements elements =
          source instanceof StoredSet stored
              ? stored.open(context, position, predicate.tests(context))
              : source.open(context, position);
      return new Elements() {
        private Value ahead;
        private Value last = elements.position();

        @Override
        public Value next() {
          fetch();
          Value element = ahead;
          ahead = null;
          last = elements.position();
          return element;
        }

        @Override
        public boolean hasMore() {
          fetch();
          return ahead != null;
        }

        @Override
        public Value position() {
          return last;
        }

        private void fetch() {
          while (ahead == null) {
            Value element = elements.next();
            if (element == null) {
              return;
            }
            if (predicate.test(context, element)) {
              ahead = element;
            }
          }
        }
      };
    }

    @Override
    public SetValue reversed() {
      return new FilteredSet(source.reversed(), predicate);
    }
  }

  /**
   * The elements of the sets that a function makes of each element.
   *
   * @param reversedInside whether those sets are read backwards
   */
  public record FlatMappedSet(SetValue source, Callback mapper, boolean reversedInside)
      implements DerivedSet {
    @Override
    public List<Value> parts() {
      return List.of(source, mapper.function());
    }

    @Override
    public Elements open(QueryContext context, Value position) {
      return new FlatElements(this, context, position);
    }

    // Backwards inside stays backwards when reversed again, as the specification has it.
    @Override
    public SetValue reversed() {
      return new FlatMappedSet(source.reversed(), mapper, true);
    }

    SetValue inner(QueryContext context, Value element) {
      Value result = mapper.apply(context, element);
      if (!(result instanceof SetValue set)) {
        throw Errors.typeMismatch("Set<Any>", result).at(mapper.span());
      }
      return reversedInside ? set.reversed() : set;
    }
  }

  /**
   * Reads a set of sets. The position is that in the source before the current inner set, and the
   * position in the inner set.
   */
  private static final class FlatElements implements SetValue.Elements {
    private final FlatMappedSet set;
    private final QueryContext context;
    private final SetValue.Elements outer;
    private Value beforeInner;
    private SetValue.Elements inner;

    FlatElements(FlatMappedSet set, QueryContext context, Value position) {
      this.set = set;
      this.context = context;
      if (position == null) {
        outer = set.source().open(context, null);
        beforeInner = outer.position();
        return;
      }
      if (!(position instanceof ArrayValue pair) || pair.size() != 2) {
        throw Errors.invalidCursor();
      }
      beforeInner = Positions.orNull(pair.get(0));
      outer = set.source().open(context, beforeInner);
      Value element = outer.next();
      if (element != null) {
        inner = set.inner(context, element).open(context, Positions.orNull(pair.get(1)));
      }
    }

    @Override
    public Value next() {
      while (true) {
        Value element = inner == null ? null : inner.next();
        if (element != null || !advance()) {
          return element;
        }
      }
    }

    @Override
    public boolean hasMore() {
      return (inner != null && inner.hasMore()) || outer.hasMore();
    }

    @Override
    public Value position() {
      if (inner == null) {
        return null;
      }
      return ArrayValue.of(nullable(beforeInner), nullable(inner.position()));
    }

    private static Value nullable(Value value) {
      return value == null ? io.refugium.model.NullValue.NULL : value;
    }

    private boolean advance() {
      Value before = outer.position();
      Value element = outer.next();
      if (element == null) {
        return false;
      }
      beforeInner = before;
      inner = set.inner(context, element).open(context, null);
      return true;
    }
  }

  /** One set, then another. */
  public record ConcatenatedSet(SetValue first, SetValue second) implements SetValue {
    @Override
    public List<Value> parts() {
      return List.of(first, second);
    }

    @Override
    public Elements open(QueryContext context, Value position) {
      return new Elements() {
        private boolean inSecond = position != null && Positions.number(position) == 1;
        private Elements elements =
            (inSecond ? second : first)
                .open(context, position == null ? null : Positions.source(position));

        @Override
        public Value next() {
          Value element = elements.next();
          if (element == null && !inSecond) {
            inSecond = true;
            elements = second.open(context, null);
            element = elements.next();
          }
          return element;
        }

        // A page may end exactly with the first set: whether the second is empty is not looked at.
        @Override
        public boolean hasMore() {
          return !inSecond || elements.hasMore();
        }

        @Override
        public Value position() {
          return Positions.pair(inSecond ? 1 : 0, elements.position());
        }
      };
    }

    @Override
    public SetValue reversed() {
      return new ConcatenatedSet(second.reversed(), first.reversed());
    }

    @Override
    public boolean isUnbounded() {
      return first.isUnbounded() || second.isUnbounded();
    }
  }

  /** The first elements. */
  public record TakenSet(SetValue source, int limit) implements DerivedSet {
    /** To read fewer elements than these is nothing to warn of. */
    private static final int SMALL = 100;

    @Override
    public Elements open(QueryContext context, Value position) {
      return new Elements() {
        private long taken = position == null ? 0 : Positions.number(position);
        private final Elements elements =
            source.open(context, position == null ? null : Positions.source(position));

        @Override
        public Value next() {
          Value element = taken < limit ? elements.next() : null;
          if (element != null) {
            taken++;
          }
          return element;
        }

        @Override
        public boolean hasMore() {
          return taken < limit && elements.hasMore();
        }

        @Override
        public Value position() {
          return Positions.pair(taken, elements.position());
        }
      };
    }

    @Override
    public SetValue reversed() {
      return new Materialized.ReversedSet(this);
    }

    @Override
    public boolean isUnbounded() {
      return limit >= SMALL && source.isUnbounded();
    }
  }

  /** The elements after the first ones. */
  public record DroppedSet(SetValue source, int amount) implements DerivedSet {
    @Override
    public Elements open(QueryContext context, Value position) {
      return new Elements() {
        private long left = position == null ? Math.max(0, amount) : Positions.number(position);
        private final Elements elements =
            source.open(context, position == null ? null : Positions.source(position));

        @Override
        public Value next() {
          skip();
          return elements.next();
        }

        @Override
        public boolean hasMore() {
          skip();
          return elements.hasMore();
        }

        @Override
        public Value position() {
          return Positions.pair(left, elements.position());
        }

        private void skip() {
          while (left > 0) {
            left = elements.next() == null ? 0 : left - 1;
          }
        }
      };
    }

    @Override
    public SetValue reversed() {
      return new Materialized.ReversedSet(this);
    }
  }

  /** The same elements in pages of another size. */
  public record PagedSet(SetValue source, int pageSize) implements DerivedSet {
    @Override
    public Elements open(QueryContext context, Value position) {
      return source.open(context, position);
    }

    @Override
    public SetValue reversed() {
      return new PagedSet(source.reversed(), pageSize);
    }
  }

  /** Checks the size of a page. */
  public static int checkedPageSize(long size) {
    if (size < 1 || size > Limits.MAX_ELEMENTS) {
      throw Errors.invalidPageSize(size);
    }
    return (int) size;
  }
}
