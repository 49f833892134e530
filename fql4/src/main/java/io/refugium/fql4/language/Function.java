package io.refugium.fql4.language;

import io.refugium.model.Value;
import java.util.List;

/**
 * One form of a library function: exactly which keys it has, what each takes, what it does. Made by
 * {@link Definition}.
 *
 * @param parameters in signature order, the first one's key names the function
 * @param effect what it does in the worst case, for static checks
 * @param ownEffect what it does itself, checked when it is called; that of {@code call} is left to
 *     the function called
 * @param free whether it costs no compute unit
 */
record Function(
    List<Parameter> parameters, Effect effect, Effect ownEffect, boolean free, Body body) {

  /** What a function computes from its arguments. */
  @FunctionalInterface
  public interface Body {
    Value apply(Call call);
  }

  String name() {
    return parameters.getFirst().key();
  }
}
