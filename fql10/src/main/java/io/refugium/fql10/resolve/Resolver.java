package io.refugium.fql10.resolve;

import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Statement;
import io.refugium.fql10.syntax.Step;
import io.refugium.fql10.syntax.SyntaxTrees;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves the names of a syntax tree to slots (language specification, section 5.1).
 *
 * <p>Scoping is lexical and values are immutable, so a function copies what it uses of its
 * surroundings when it is created; a {@code let} becomes visible with the statement after it.
 */
public final class Resolver {
  /** The name under which an implicit receiver is bound; no identifier can have it. */
  private static final String RECEIVER = ".";

  private final Resolution resolution = new Resolution();
  private Frame frame = new Frame(null, 0);

  private Resolver() {}

  /** Resolves a query or the body of a function. */
  public static Resolution resolve(Expression root) {
    Resolver resolver = new Resolver();
    resolver.visit(root);
    resolver.resolution.root = resolver.frame.layout();
    return resolver.resolution;
  }

  /** The names bound in one function while its body is visited. */
  private static final class Frame {
    private final Frame parent;
    private final int parameters;
    private final Deque<Map<String, Integer>> scopes = new ArrayDeque<>();
    private final Map<String, Integer> captured = new HashMap<>();
    private final List<Binding> captures = new ArrayList<>();
    private int slots;

    Frame(Frame parent, int parameters) {
      this.parent = parent;
      this.parameters = parameters;
      scopes.push(new HashMap<>());
    }

    int bind(String name) {
      scopes.getFirst().put(name, slots);
      return slots++;
    }

    void skipSlot() {
      slots++;
    }

    /** The binding of a name in this frame, taking it along from outside if need be. */
    Binding find(String name) {
      for (Map<String, Integer> scope : scopes) {
        Integer slot = scope.get(name);
        if (slot != null) {
          return new Binding.Local(slot);
        }
      }
      Integer index = captured.get(name);
      if (index != null) {
        return new Binding.Captured(index);
      }
      Binding outer = parent == null ? new Binding.Free(name) : parent.find(name);
      if (outer instanceof Binding.Free) {
        return outer;
      }
      captures.add(outer);
      captured.put(name, captures.size() - 1);
      return new Binding.Captured(captures.size() - 1);
    }

    FrameLayout layout() {
      return new FrameLayout(parameters, slots, captures);
    }
  }

  private void visit(Expression expression) {
    switch (expression) {
      case Expression.Variable variable -> variable(variable);
      case Expression.Receiver receiver -> resolution.bindings.put(receiver, frame.find(RECEIVER));
      case Expression.Block block -> block(block);
      case Expression.Lambda lambda -> lambda(lambda);
      case Expression.ShortLambda lambda -> shortLambda(lambda);
      case Expression.Projection projection -> projection(projection);
      case Expression.Chain chain -> chain(chain);
      default -> SyntaxTrees.children(expression).forEach(this::visit);
    }
  }

  private void variable(Expression.Variable variable) {
    Binding binding = frame.find(variable.name());
    resolution.bindings.put(variable, binding);
    if (binding instanceof Binding.Free(String name)) {
      resolution.freeNames.add(name);
    }
  }

  private void chain(Expression.Chain chain) {
    visit(chain.head());
    for (Step step : chain.steps()) {
      switch (step) {
        case Step.Select _, Step.NonNull _ -> {}
        case Step.Invoke invoke -> invoke.arguments().forEach(this::visit);
        case Step.Call call -> call.arguments().forEach(this::visit);
        case Step.Access access -> access.arguments().forEach(this::visit);
      }
    }
  }

  private void block(Expression.Block block) {
    frame.scopes.push(new HashMap<>());
    for (Statement statement : block.statements()) {
      switch (statement) {
        case Statement.Let let -> {
          visit(let.value());
          resolution.slots.put(let, frame.bind(let.name().text()));
        }
        case Statement.Evaluate(Expression expression) -> visit(expression);
      }
    }
    visit(block.result());
    frame.scopes.pop();
  }

  private void lambda(Expression.Lambda lambda) {
    Frame outer = frame;
    frame = new Frame(outer, lambda.parameters().size() + (lambda.rest().isPresent() ? 1 : 0));
    lambda.parameters().forEach(this::parameter);
    lambda.rest().ifPresent(this::parameter);
    visit(lambda.body());
    resolution.frames.put(lambda, frame.layout());
    frame = outer;
  }

  private void parameter(Name name) {
    if (Expression.Lambda.ignores(name)) {
      frame.skipSlot();
    } else {
      frame.bind(name.text());
    }
  }

  private void shortLambda(Expression.ShortLambda lambda) {
    Frame outer = frame;
    frame = new Frame(outer, 1);
    frame.bind(RECEIVER);
    visit(lambda.body());
    resolution.frames.put(lambda, frame.layout());
    frame = outer;
  }

  private void projection(Expression.Projection projection) {
    visit(projection.projected());
    Frame outer = frame;
    frame = new Frame(outer, 1);
    frame.bind(RECEIVER);
    projection.elements().forEach(element -> visit(element.value()));
    resolution.frames.put(projection, frame.layout());
    frame = outer;
  }
}
