package io.refugium.fql10.runtime;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order of values: the total order over all kinds, and the comparison operators, which know
 * only related kinds (language specification, section 5.10).
 */
public final class Ordering {
  /** The field by which {@code asc} and {@code desc} mark a key. */
  public static final String ASCENDING = "asc";

  public static final String DESCENDING = "desc";

  private Ordering() {}

  /** The comparison operators. */
  public enum Operator {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** The result of a comparison operator; false for values of unrelated kinds. */
  public static boolean test(QueryContext context, Operator operator, Value left, Value right) {
    Kind leftKind = Kind.of(left);
    Kind rightKind = Kind.of(right);
    if (leftKind.isNumber() && rightKind.isNumber()) {
      return holds(operator, Numbers.compare(left, right));
    }
    if (leftKind == Kind.ID || rightKind == Kind.ID) {
      Integer order = compareIds(left, leftKind, right, rightKind);
      return order != null && holds(operator, order);
    }
    if (leftKind != rightKind) {
      return false;
    }
    return switch (leftKind) {
      // Containers that run out together count as "left is smaller", as the specification has it.
      case ARRAY, OBJECT -> {
        int order = compare(context, left, right);
        yield holds(operator, order == 0 ? -1 : order);
      }
      default -> holds(operator, compare(context, left, right));
    };
  }

  private static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static Integer compareIds(Value left, Kind leftKind, Value right, Kind rightKind) {
    if (leftKind == Kind.DOUBLE) {
      return Double.compare(Numbers.toDouble(left), (double) ((IdValue) right).value());
    }
    if (rightKind == Kind.DOUBLE) {
      return Double.compare((double) ((IdValue) left).value(), Numbers.toDouble(right));
    }
    Long leftId = Equality.integerOf(left, leftKind);
    Long rightId = Equality.integerOf(right, rightKind);
    return leftId == null || rightId == null ? null : (Integer) Long.compare(leftId, rightId);
  }

  /** The total order. */
  public static int compare(QueryContext context, Value left, Value right) {
    Kind leftKind = Kind.of(left);
    Kind rightKind = Kind.of(right);
    int byKind = Integer.compare(leftKind.rank(), rightKind.rank());
    if (byKind != 0) {
      return byKind;
    }
    return switch (leftKind) {
      case INT, LONG, DOUBLE -> Numbers.compare(left, right);
      case BYTES ->
          Arrays.compareUnsigned(((BytesValue) left).value(), ((BytesValue) right).value());
      case STRING -> ((StringValue) left).value().compareTo(((StringValue) right).value());
      case ARRAY ->
          compareLists(context, ((ArrayValue) left).values(), ((ArrayValue) right).values());
      case OBJECT -> compareObjects(context, (ObjectValue) left, (ObjectValue) right);
      case ID -> Long.compare(((IdValue) left).value(), ((IdValue) right).value());
      case DOCUMENT -> {
        Documents documents = context.environment().documents();
        yield documents.identity(left).compareTo(documents.identity(right));
      }
      case TIME -> ((TimeValue) left).value().compareTo(((TimeValue) right).value());
      case DATE -> ((DateValue) left).value().compareTo(((DateValue) right).value());
      case UUID -> ((UuidValue) left).value().compareTo(((UuidValue) right).value());
      case BOOLEAN ->
          Boolean.compare(((BooleanValue) left).value(), ((BooleanValue) right).value());
      case MODULE -> ((Module) left).name().compareTo(((Module) right).name());
      case FUNCTION ->
          ((FunctionValue) left).describe().compareTo(((FunctionValue) right).describe());
      case TRANSACTION_TIME, NULL -> 0;
      case SET, CURSOR, LAMBDA, EVENT_SOURCE ->
          left.equals(right) ? 0 : left.hashCode() < right.hashCode() ? -1 : 1;
    };
  }

  private static int compareLists(QueryContext context, List<Value> left, List<Value> right) {
    int shared = Math.min(left.size(), right.size());
    for (int i = 0; i < shared; i++) {
      int order = compare(context, left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareObjects(QueryContext context, ObjectValue left, ObjectValue right) {
    Iterator<Map.Entry<String, Value>> leftFields = sorted(left);
    Iterator<Map.Entry<String, Value>> rightFields = sorted(right);
    while (leftFields.hasNext() && rightFields.hasNext()) {
      Map.Entry<String, Value> a = leftFields.next();
      Map.Entry<String, Value> b = rightFields.next();
      int byKey = a.getKey().compareTo(b.getKey());
      int order = byKey != 0 ? byKey : compare(context, a.getValue(), b.getValue());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(leftFields.hasNext(), rightFields.hasNext());
  }

  private static Iterator<Map.Entry<String, Value>> sorted(ObjectValue object) {
    TreeMap<String, Value> fields = new TreeMap<>();
    object.forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields.entrySet().iterator();
  }

  /** Accepts a key of {@code order}: a function, or one marked as ascending or descending. */
  static Value acceptKey(Value value) {
    return value instanceof FunctionValue || accessorOf(value) != null ? value : null;
  }

  /** The function inside a marked key; null if the value is none. */
  public static FunctionValue accessorOf(Value key) {
    if (key instanceof FunctionValue function) {
      return function;
    }
    if (key instanceof ObjectValue marked && marked.size() == 1) {
      Value accessor = marked.has(ASCENDING) ? marked.get(ASCENDING) : marked.get(DESCENDING);
      return accessor instanceof FunctionValue function ? function : null;
    }
    return null;
  }

  /** Whether a key of {@code order} sorts downwards. */
  public static boolean isDescending(Value key) {
    return key instanceof ObjectValue marked && marked.has(DESCENDING);
  }
}
