package io.refugium.fql4.language;

import io.refugium.access.Session;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;

/**
 * A lambda together with the variables it sees. One that a set keeps may come to run in a function
 * with a role, to which the set was handed over: there it has the rights of whoever wrote it, so
 * that a caller cannot have his own code run with the role of a function.
 */
public final class Closure implements RuntimeValue {
  private final Lambda lambda;
  private final Frame frame;
  private final Session author; // null for one that runs where it is written, or without a database

  public Closure(Lambda lambda, Frame frame) {
    this(lambda, frame, null);
  }

  private Closure(Lambda lambda, Frame frame, Session author) {
    this.lambda = lambda;
    this.frame = frame;
    this.author = author;
  }

  public Lambda lambda() {
    return lambda;
  }

  /**
   * This lambda for later: what its variables are now, they stay. Sets that run it when they are
   * read need that.
   */
  public Closure captured() {
    return new Closure(lambda, frame.snapshot(), frame.evaluation().author());
  }

  public Value apply(Value argument, Position call) {
    return author == null
        ? lambda.apply(frame, argument, call)
        : frame.evaluation().sessions().asAuthor(author, () -> lambda.apply(frame, argument, call));
  }

  /**
   * The lambda as a value: captured variables become an enclosing {@code let} (spec: FQL v4, 2.6,
   * 5.1).
   */
  public LambdaValue toLambdaValue() {
    Names names = frame.evaluation().names();
    Value body = WireForms.normalise(Hole.fill(lambda.expr(), frame), names);
    if (!lambda.free().isEmpty()) {
      ObjectValue.Builder captured = ObjectValue.builder();
      for (Lambda.Captured variable : lambda.free()) {
        captured.put(variable.name(), WireForms.ofValue(frame.get(variable.slot()), names));
      }
      body = ObjectValue.builder().put("let", captured.build()).put("in", body).build();
    }
    return new LambdaValue(lambda.version().forLambda().text(), lambda.parameters(), body);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Closure that && toLambdaValue().equals(that.toLambdaValue());
  }

  @Override
  public int hashCode() {
    return toLambdaValue().hashCode();
  }
}
