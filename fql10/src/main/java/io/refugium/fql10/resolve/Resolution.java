package io.refugium.fql10.resolve;

import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of one syntax tree, resolved: a table beside the tree, by node identity. Immutable once
 * {@link Resolver} has returned it.
 */
public final class Resolution {
  final Map<Expression, Binding> bindings = new IdentityHashMap<>();
  final Map<Expression, FrameLayout> frames = new IdentityHashMap<>();
  final Map<Statement.Let, Integer> slots = new IdentityHashMap<>();
  final Set<String> freeNames = new LinkedHashSet<>();
  FrameLayout root;

  Resolution() {}

  /** What a variable means. */
  public Binding of(Expression.Variable variable) {
    return bindings.get(variable);
  }

  /** Where the value that a leading-dot term selects on is found; never {@link Binding.Free}. */
  public Binding of(Expression.Receiver receiver) {
    return bindings.get(receiver);
  }

  /** The slot that a {@code let} fills. */
  public int slotOf(Statement.Let let) {
    return slots.get(let);
  }

  /** The frame of the query or function body itself. */
  public FrameLayout root() {
    return root;
  }

  public FrameLayout frameOf(Expression.Lambda lambda) {
    return frames.get(lambda);
  }

  public FrameLayout frameOf(Expression.ShortLambda lambda) {
    return frames.get(lambda);
  }

  /**
   * The frame in which the elements of a projection are evaluated; slot 0 is the projected value.
   */
  public FrameLayout frameOf(Expression.Projection projection) {
    return frames.get(projection);
  }

  /** The names that are not bound in the text, in order of their first use. */
  public Set<String> freeNames() {
    return Set.copyOf(freeNames);
  }
}
