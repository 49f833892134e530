package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Numbers;
import io.refugium.model.DoubleValue;
import io.refugium.model.Value;

/**
 * {@code Math.round} and {@code Math.trunc}, defined by their arithmetic, quirks included (library
 * specification, section 6). Casts to {@code long} truncate and saturate.
 */
final class Rounding {
  private Rounding() {}

  static Value round(Value x, int precision) {
    return compute(x, precision, 0.5);
  }

  static Value truncate(Value x, int precision) {
    if (x instanceof DoubleValue(double value) && precision <= 0) {
      double t = Math.pow(10, precision);
      return new DoubleValue((long) (value * t) / t);
    }
    return compute(x, precision, 0);
  }

  private static Value compute(Value x, int precision, double bias) {
    double t = Math.pow(10, precision);
    if (Numbers.isInteger(x)) {
      long value = Numbers.toLong(x);
      return Numbers.longTyped(precision > 0 ? value : (long) ((long) (value * t + bias) / t));
    }
    double value = Numbers.toDouble(x);
    if (precision <= 0) {
      return new DoubleValue((double) (long) ((long) (value * t + bias) / t));
    }
    double scale = Math.min(t, Integer.MAX_VALUE);
    long w = (long) value;
    return new DoubleValue(w + (long) ((value - w + bias / scale) * scale) / scale);
  }
}
