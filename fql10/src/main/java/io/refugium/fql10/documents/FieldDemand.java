package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.FieldTest;
import io.refugium.fql10.runtime.Numbers;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.BooleanValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What all tests of one field demand of its stored value: to be one of some values, or to lie
 * between two of a kind.
 *
 * @param equal the stored forms of the value it must equal; null if nothing says so
 * @param low the least value it may have, or null
 * @param high the greatest value it may have, or null
 */
record FieldDemand(List<Value> equal, Value low, Value high) {
  static final FieldDemand NONE = new FieldDemand(null, null, null);

  /** Integers and doubles below this, the power 2^53, compare exactly. */
  private static final double EXACT = 0x1p53;

  /** Longer texts are not looked up: their index entries might not have been stored. */
  private static final int MAX_TEXT = 1_000;

  /** This as a range in an index; null if there is none. One value is a range too. */
  FieldDemand asRange() {
    if (equal != null) {
      return new FieldDemand(equal, equal.getFirst(), equal.getFirst());
    }
    return low != null || high != null ? this : null;
  }

  /** Whether a value, found upwards from the start, lies beyond the end. */
  boolean endsBefore(Value value) {
    int order =
        isNumber(value) && isNumber(high)
            ? Numbers.compare(value, high)
            : ValueOrder.INSTANCE.compare(value, high);
    return order > 0;
  }

  /** This and another test. A test that says nothing that could be looked for changes nothing. */
  FieldDemand and(QueryContext context, FieldTest test) {
    Value value = Storable.orNull(test.value());
    if (value == null || (isNumber(value) && !isExact(value))) {
      return this;
    }
    return switch (test.relation()) {
      case EQUAL -> equal == null ? equalTo(context, value) : this;
      case GREATER, GREATER_OR_EQUAL -> isOrdered(value) && low == null ? above(value) : this;
      case LESS, LESS_OR_EQUAL -> isOrdered(value) && high == null ? below(value) : this;
      case OTHER -> this;
    };
  }

  private FieldDemand above(Value value) {
    return high == null || sameKind(value, high) ? new FieldDemand(equal, value, high) : this;
  }

  private FieldDemand below(Value value) {
    return low == null || sameKind(value, low) ? new FieldDemand(equal, low, value) : this;
  }

  private FieldDemand equalTo(QueryContext context, Value value) {
    boolean known =
        switch (value) {
          case StringValue(String text) -> text.length() <= MAX_TEXT;
          case BooleanValue _, LongValue _, DoubleValue _, TimeValue _, DateValue _ -> true;
          // One that does not exist equals null, which indexes do not tell.
          case Ref document -> StoredDocuments.of(context).missing(context, document) == null;
          default -> false;
        };
    return known ? new FieldDemand(forms(value), low, high) : this;
  }

  /** Numbers are equal whatever their type, but each type has index entries of its own. */
  private static List<Value> forms(Value value) {
    List<Value> forms = new ArrayList<>(List.of(value));
    switch (value) {
      case LongValue(long number) -> forms.add(new DoubleValue(number));
      case DoubleValue(double number) when number == Math.rint(number) && !isNegativeZero(number) ->
          forms.add(new LongValue((long) number));
      default -> {}
    }
    return forms;
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  private static boolean isNumber(Value value) {
    return value instanceof LongValue || value instanceof DoubleValue;
  }

  private static boolean isExact(Value number) {
    return Math.abs(Numbers.toDouble(number)) < EXACT;
  }

  // The order of strings in indexes is not that of the language.
  private static boolean isOrdered(Value value) {
    return isNumber(value) || value instanceof TimeValue || value instanceof DateValue;
  }

  /** Whether values are comparable and lie next to each other in indexes. */
  static boolean sameKind(Value left, Value right) {
    return isNumber(left) ? isNumber(right) : left.getClass() == right.getClass();
  }
}
