package io.refugium.fql4.language;

import io.refugium.access.Secrets;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * One call of a library function: its arguments, already of the declared kinds, and where to report
 * what goes wrong.
 */
public final class Call {
  private final Expr.Apply expr;
  private final Frame frame;
  private final Value[] arguments;
  private Secrets.Issued issued;

  Call(Expr.Apply expr, Frame frame, Value[] arguments) {
    this.expr = expr;
    this.frame = frame;
    this.arguments = arguments;
  }

  public Evaluation evaluation() {
    return frame.evaluation();
  }

  /** The API version of the request. */
  public ApiVersion version() {
    return frame.evaluation().version();
  }

  // ---- Arguments, by their place in the signature

  /** Whether an optional argument was given. */
  public boolean has(int index) {
    return expr.argument(index) != null;
  }

  public Value value(int index) {
    return arguments[index];
  }

  public String string(int index) {
    return ((StringValue) arguments[index]).value();
  }

  public String string(int index, String otherwise) {
    return has(index) ? string(index) : otherwise;
  }

  public long integer(int index) {
    return ((LongValue) arguments[index]).value();
  }

  public long integer(int index, long otherwise) {
    return has(index) ? integer(index) : otherwise;
  }

  public boolean bool(int index) {
    return ((BooleanValue) arguments[index]).value();
  }

  public boolean bool(int index, boolean otherwise) {
    return has(index) ? bool(index) : otherwise;
  }

  public ObjectValue object(int index) {
    return has(index) ? (ObjectValue) arguments[index] : ObjectValue.EMPTY;
  }

  /** The elements of an array or of a list of operands. */
  public List<Value> list(int index) {
    return ((ArrayValue) arguments[index]).values();
  }

  public Closure lambda(int index) {
    return (Closure) arguments[index];
  }

  /** Evaluates a lazy argument now. */
  public Value force(int index) {
    return expr.argument(index).eval(frame);
  }

  // ---- Secrets

  /**
   * Notes the secret that this call has made for a key or token, so that its answer can show it.
   */
  public void issue(Secrets.Issued secret) {
    issued = secret;
  }

  /** The secret made by this call, or null. */
  public Secrets.Issued issued() {
    return issued;
  }

  // ---- Where

  /** The key that names the function. */
  public String name() {
    return expr.function().name();
  }

  /** The position of the call: where errors of the function itself are. */
  public Position position() {
    return expr.position();
  }

  /** The position of an argument. */
  public Position position(int index) {
    return expr.position(index);
  }

  // ---- Results

  public static Value of(boolean value) {
    return BooleanValue.of(value);
  }

  public static Value of(long value) {
    return new LongValue(value);
  }

  public static Value of(String value) {
    return new StringValue(value);
  }
}
