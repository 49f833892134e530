package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.Arrays;
import java.util.List;

/**
 * An expression ready to run: immutable, shared by all queries of the same text (spec: FQL v4,
 * sections 4 and 5).
 */
public abstract class Expr {
  private final Position position;
  private final Effect effect;

  Expr(Position position, Effect effect) {
    this.position = position;
    this.effect = effect;
  }

  /** Where the expression is in the request or in the body of its function. */
  final Position position() {
    return position;
  }

  /** What the expression does in the worst case. */
  public final Effect effect() {
    return effect;
  }

  /**
   * The value of the expression; never Java's null.
   *
   * @throws Fql4Exception when the query fails here
   */
  abstract Value eval(Frame frame);

  /** A value of bounded size; constants, which have no frame, are bounded by their text. */
  private static Value built(Frame frame, Value value) {
    return frame == null ? value : frame.evaluation().built(value);
  }

  private static Effect worst(List<? extends Expr> parts) {
    Effect worst = Effect.PURE;
    for (Expr part : parts) {
      worst = worst.or(part.effect());
    }
    return worst;
  }

  /** A value known when the query is read. */
  static final class Constant extends Expr {
    private final Value value;

    Constant(Position position, Value value) {
      super(position, Effect.PURE);
      this.value = value;
    }

    Value value() {
      return value;
    }

    @Override
    Value eval(Frame frame) {
      return value;
    }
  }

  /** The innermost binding of a name. */
  static final class Variable extends Expr {
    private final int slot;

    Variable(Position position, int slot) {
      super(position, Effect.PURE);
      this.slot = slot;
    }

    @Override
    Value eval(Frame frame) {
      return frame.get(slot);
    }
  }

  /** All elements are evaluated; all failures are reported. */
  static final class Array extends Expr {
    private final Expr[] elements;

    Array(Position position, List<Expr> elements) {
      super(position, worst(elements));
      this.elements = elements.toArray(Expr[]::new);
    }

    @Override
    Value eval(Frame frame) {
      Value[] values = new Value[elements.length];
      List<Fql4Error> errors = null;
      for (int i = 0; i < values.length; i++) {
        try {
          values[i] = elements[i].eval(frame);
        } catch (Fql4Exception failure) {
          errors = Failures.add(errors, failure);
        }
      }
      Failures.throwIfAny(errors);
      return built(frame, new ArrayValue(Arrays.asList(values)));
    }
  }

  /** All fields are evaluated; all failures are reported. */
  static final class Fields extends Expr {
    private final List<String> names;
    private final List<Expr> values;

    Fields(Position position, List<String> names, List<Expr> values) {
      super(position, worst(values));
      this.names = names;
      this.values = values;
    }

    @Override
    Value eval(Frame frame) {
      ObjectValue.Builder object = ObjectValue.builder();
      List<Fql4Error> errors = null;
      for (int i = 0; i < names.size(); i++) {
        try {
          object.put(names.get(i), values.get(i).eval(frame));
        } catch (Fql4Exception failure) {
          errors = Failures.add(errors, failure);
        }
      }
      Failures.throwIfAny(errors);
      return built(frame, object.build());
    }
  }

  /** Bindings one after the other, each sees those before it. */
  static final class Let extends Expr {
    private final int[] slots;
    private final List<Expr> bindings;
    private final Expr in;

    Let(Position position, int[] slots, List<Expr> bindings, Expr in) {
      super(position, worst(bindings).or(in.effect()));
      this.slots = slots;
      this.bindings = bindings;
      this.in = in;
    }

    @Override
    Value eval(Frame frame) {
      frame.evaluation().enter(position());
      try {
        for (int i = 0; i < slots.length; i++) {
          frame.set(slots[i], bindings.get(i).eval(frame));
        }
        return in.eval(frame);
      } finally {
        frame.evaluation().leave();
      }
    }
  }

  /** The condition, then one branch only. */
  static final class If extends Expr {
    private final Expr condition;
    private final Expr then;
    private final Expr otherwise;

    If(Position position, Expr condition, Expr then, Expr otherwise) {
      super(position, condition.effect().or(then.effect()).or(otherwise.effect()));
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    Value eval(Frame frame) {
      frame.evaluation().enter(position());
      try {
        Value value = condition.eval(frame);
        if (!(value instanceof BooleanValue truth)) {
          throw Errors.wrongKind(position().at("if"), "Boolean", Types.nameOf(value));
        }
        return (truth.value() ? then : otherwise).eval(frame);
      } finally {
        frame.evaluation().leave();
      }
    }
  }

  /** Steps in order; the value is that of the last. */
  static final class Do extends Expr {
    private final List<Expr> steps;

    Do(Position position, List<Expr> steps) {
      super(position, worst(steps));
      this.steps = steps;
    }

    @Override
    Value eval(Frame frame) {
      frame.evaluation().enter(position());
      try {
        Value last = null;
        for (Expr step : steps) {
          last = step.eval(frame);
        }
        return last;
      } finally {
        frame.evaluation().leave();
      }
    }
  }

  /**
   * {@code and} and {@code or} from version 3 on: the operands after the deciding one are not
   * evaluated.
   */
  static final class Junction extends Expr {
    private final String key;
    private final List<Expr> operands;
    private final boolean decisive;

    Junction(Position position, String key, List<Expr> operands) {
      super(position, worst(operands));
      this.key = key;
      this.operands = operands;
      this.decisive = key.equals("or");
    }

    @Override
    Value eval(Frame frame) {
      frame.evaluation().enter(position());
      try {
        for (int i = 0; i < operands.size(); i++) {
          Value value = operands.get(i).eval(frame);
          if (!(value instanceof BooleanValue truth)) {
            throw Errors.wrongKind(position().at(key).at(i), "Boolean", Types.nameOf(value));
          }
          if (truth.value() == decisive) {
            return truth;
          }
        }
        return BooleanValue.of(!decisive);
      } finally {
        frame.evaluation().leave();
      }
    }
  }

  /** A literal {@code @ref}: resolved in the schema of the query. */
  static final class RefLiteral extends Expr {
    private final RefForm form;

    RefLiteral(Position position, RefForm form) {
      super(position, Effect.PURE);
      this.form = form;
    }

    RefForm form() {
      return form;
    }

    @Override
    Value eval(Frame frame) {
      return form.resolve(frame.evaluation().names(), position());
    }
  }

  /** A literal {@code @ref} of a document whose id is a variable. */
  static final class DocumentLiteral extends Expr {
    private final RefForm collection;
    private final int slot;

    DocumentLiteral(Position position, RefForm collection, int slot) {
      super(position, Effect.PURE);
      this.collection = collection;
      this.slot = slot;
    }

    @Override
    public Value eval(Frame frame) {
      long id = Long.parseLong(((StringValue) frame.get(slot)).value());
      return new RefForm.Numbered(collection, id, null)
          .resolve(frame.evaluation().names(), position());
    }
  }

  /** A literal {@code @set}: what is wrong in it is wrong with the expression. */
  static final class SetLiteral extends Expr {
    private final Expr set;

    SetLiteral(Position position, Expr set) {
      super(position, Effect.PURE);
      this.set = set;
    }

    @Override
    Value eval(Frame frame) {
      try {
        return set.eval(frame);
      } catch (Fql4Exception failure) {
        throw Errors.asInvalidExpression(failure);
      }
    }
  }

  /** A lambda value: with the variables around it captured. */
  static final class Query extends Expr {
    private final Lambda lambda;

    Query(Position position, Lambda lambda) {
      super(position, Effect.PURE);
      this.lambda = lambda;
    }

    Lambda lambda() {
      return lambda;
    }

    @Override
    Value eval(Frame frame) {
      return built(frame, new Closure(lambda, frame).toLambdaValue());
    }
  }

  /** A lambda in an argument position: ready to be applied with the variables of this frame. */
  static final class LambdaLiteral extends Expr {
    private final Lambda lambda;

    LambdaLiteral(Position position, Lambda lambda) {
      super(position, lambda.body().effect());
      this.lambda = lambda;
    }

    Lambda lambda() {
      return lambda;
    }

    @Override
    Value eval(Frame frame) {
      return new Closure(lambda, frame);
    }
  }

  /** A call of a library function: its arguments in signature order, then its body. */
  static final class Apply extends Expr {
    private final Function function;
    private final Expr[] arguments;

    /** What the arguments that are evaluated before the call have to be; null for the others. */
    private final Kind[] kinds;

    /** Whether an argument may be anything, so that there is nothing to look at. */
    private final boolean[] unchecked;

    /** {@code arguments} has Java's null for optional ones that are absent. */
    @SuppressWarnings("ReferenceEquality")
    Apply(Position position, Function function, List<Expr> arguments) {
      super(
          position,
          worst(arguments.stream().filter(java.util.Objects::nonNull).toList())
              .or(function.effect()));
      this.function = function;
      this.arguments = arguments.toArray(Expr[]::new);
      this.kinds = new Kind[this.arguments.length];
      this.unchecked = new boolean[kinds.length];
      for (int i = 0; i < kinds.length; i++) {
        Parameter parameter = function.parameters().get(i);
        kinds[i] = this.arguments[i] == null || parameter.lazy() ? null : parameter.kind();
        unchecked[i] = kinds[i] == Kind.ANY;
      }
    }

    Function function() {
      return function;
    }

    Expr argument(int index) {
      return arguments[index];
    }

    /** Where an argument is. */
    Position position(int index) {
      return position().at(function.parameters().get(index).key());
    }

    @Override
    Value eval(Frame frame) {
      Evaluation evaluation = frame.evaluation();
      evaluation.enter(position());
      try {
        evaluation.checkEffect(function.ownEffect(), position());
        if (!function.free()) {
          evaluation.addComputeUnits(1);
        }
        Value[] values = new Value[arguments.length];
        for (int i = 0; i < values.length; i++) {
          if (kinds[i] != null) {
            Value value = arguments[i].eval(frame);
            values[i] = unchecked[i] ? value : kinds[i].cast(value, new Place(evaluation, this, i));
          }
        }
        return evaluation.built(function.body().apply(new Call(this, frame, values)));
      } finally {
        evaluation.leave();
      }
    }
  }
}
