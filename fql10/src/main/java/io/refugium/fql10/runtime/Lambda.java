package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.Arrays;
import java.util.List;

/**
 * A lambda together with the values of the names it closes over. Equal only to what was made from
 * the same definition with the same values.
 *
 * @param captured owned by the lambda, never changed
 * @param inputs the inputs of the query in which it was created
 */
public record Lambda(LambdaCode code, Value[] captured, Inputs inputs) implements FunctionValue {

  @Override
  public Arity arity() {
    return code.arity();
  }

  /** What it demands of its argument, if it is a predicate: what fails a test does not pass. */
  public List<FieldTest> tests(QueryContext context) {
    if (code.tests().isEmpty()) {
      return List.of();
    }
    Frame frame = new Frame(context, new Value[0], captured, inputs);
    return code.tests().stream()
        .map(test -> new FieldTest(test.field(), test.relation(), test.value().evaluate(frame)))
        .toList();
  }

  @Override
  public List<Value> parts() {
    return Arrays.asList(captured);
  }

  @Override
  public String describe() {
    return "[function <lambda>]";
  }

  @Override
  public Kind kind() {
    return Kind.LAMBDA;
  }

  /**
   * Lambdas are the same if they stem from one place of one compiled text and captured the same.
   */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean equals(Object other) {
    return other instanceof Lambda that
        && code == that.code
        && Arrays.equals(captured, that.captured)
        && inputs.equals(that.inputs);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  @Override
  public String toString() {
    return describe();
  }
}
