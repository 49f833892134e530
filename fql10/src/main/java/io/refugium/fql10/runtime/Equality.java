package io.refugium.fql10.runtime;

import io.refugium.model.ArrayValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;

/**
 * When two values are equal (language specification, section 5.10; library specification, section
 * 2.7). Values of unrelated kinds never are; nothing here fails.
 */
public final class Equality {
  private Equality() {}

  /** {@code left == right}. A document that cannot be seen equals null, which costs a read. */
  public static boolean equal(QueryContext context, Value left, Value right) {
    Kind leftKind = Kind.of(left);
    Kind rightKind = Kind.of(right);
    if (leftKind.isNumber() && rightKind.isNumber()) {
      return Numbers.compare(left, right) == 0;
    }
    if (leftKind == Kind.ID || rightKind == Kind.ID) {
      return equalIds(left, leftKind, right, rightKind);
    }
    if (leftKind == Kind.NULL || rightKind == Kind.NULL) {
      return isNullish(context, left, leftKind) && isNullish(context, right, rightKind);
    }
    if (leftKind != rightKind) {
      return false;
    }
    return switch (leftKind) {
      case ARRAY ->
          equalArrays(((ArrayValue) left).values(), ((ArrayValue) right).values(), context);
      case OBJECT -> equalObjects((ObjectValue) left, (ObjectValue) right, context);
      case DOCUMENT -> sameDocument(context, left, right);
      default -> same(context, left, right);
    };
  }

  /** Equality of functions and sets looks at all that they close over. */
  private static boolean same(QueryContext context, Value left, Value right) {
    if (left instanceof QueryValue made) {
      context.built(made);
    }
    return left.equals(right);
  }

  /**
   * The relation by which {@code includes}, {@code indexOf} and {@code distinct} compare elements:
   * NaN equals nothing, both zeros are equal, an ID equals a string but not a number, and a missing
   * document does not equal null.
   */
  public static boolean sameElement(QueryContext context, Value left, Value right) {
    Kind leftKind = Kind.of(left);
    Kind rightKind = Kind.of(right);
    if (leftKind.isNumber() && rightKind.isNumber()) {
      return Numbers.isInteger(left) && Numbers.isInteger(right)
          ? Numbers.toLong(left) == Numbers.toLong(right)
          : Numbers.toDouble(left) == Numbers.toDouble(right);
    }
    if (leftKind == Kind.ID || rightKind == Kind.ID) {
      return !leftKind.isNumber()
          && !rightKind.isNumber()
          && equalIds(left, leftKind, right, rightKind);
    }
    if (leftKind != rightKind) {
      return false;
    }
    return switch (leftKind) {
      case ARRAY -> sameElements(context, (ArrayValue) left, (ArrayValue) right);
      case OBJECT -> sameFields(context, (ObjectValue) left, (ObjectValue) right);
      case DOCUMENT -> sameDocument(context, left, right);
      case NULL -> true;
      default -> same(context, left, right);
    };
  }

  /** As {@link #sameElement}, but integers differ from doubles and IDs from strings. */
  public static boolean duplicates(QueryContext context, Value left, Value right) {
    if (left instanceof DoubleValue != right instanceof DoubleValue
        || left instanceof IdValue != right instanceof IdValue) {
      return false;
    }
    return sameElement(context, left, right);
  }

  /** A number that is the same for values that are the same element, and mostly differs else. */
  public static int elementHash(QueryContext context, Value value) {
    Kind kind = Kind.of(value);
    return switch (kind) {
      case INT, LONG, DOUBLE -> Double.hashCode(Numbers.toDouble(value) + 0.0);
      case ID, STRING -> {
        Long number = integerOf(value, kind);
        yield number != null ? number.hashCode() : value.hashCode();
      }
      case BOOLEAN, BYTES, TIME, DATE, UUID -> value.hashCode();
      case ARRAY -> {
        int hash = 1;
        for (Value element : ((ArrayValue) value).values()) {
          hash = 31 * hash + elementHash(context, element);
        }
        yield hash;
      }
      case OBJECT -> {
        int hash = 0;
        for (Map.Entry<String, Value> field : (ObjectValue) value) {
          hash += field.getKey().hashCode() ^ elementHash(context, field.getValue());
        }
        yield hash;
      }
      case DOCUMENT -> {
        Documents.Identity identity = context.environment().documents().identity(value);
        yield 31 * identity.collection() + Long.hashCode(identity.id());
      }
      default -> kind.ordinal();
    };
  }

  private static boolean isNullish(QueryContext context, Value value, Kind kind) {
    return kind == Kind.NULL
        || (kind == Kind.DOCUMENT
            && context.environment().documents().missing(context, value) != null);
  }

  private static boolean equalIds(Value left, Kind leftKind, Value right, Kind rightKind) {
    if (leftKind == Kind.DOUBLE || rightKind == Kind.DOUBLE) {
      Value number = leftKind == Kind.DOUBLE ? left : right;
      Value id = leftKind == Kind.DOUBLE ? right : left;
      return id instanceof IdValue(long value) && Numbers.toDouble(number) == value;
    }
    Long leftId = integerOf(left, leftKind);
    Long rightId = integerOf(right, rightKind);
    return leftId != null && leftId.equals(rightId);
  }

  /** The integer that an ID, an integer or a numeric string stands for; null for anything else. */
  static Long integerOf(Value value, Kind kind) {
    return switch (kind) {
      case ID -> ((IdValue) value).value();
      case INT, LONG -> Numbers.toLong(value);
      case STRING -> Numbers.parseDecimal(((StringValue) value).value());
      default -> null;
    };
  }

  private static boolean sameDocument(QueryContext context, Value left, Value right) {
    Documents documents = context.environment().documents();
    return documents.identity(left).compareTo(documents.identity(right)) == 0;
  }

  private static boolean equalArrays(List<Value> left, List<Value> right, QueryContext context) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(context, left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalObjects(ObjectValue left, ObjectValue right, QueryContext context) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<String, Value> field : left) {
      Value other = right.get(field.getKey());
      if (other == null || !equal(context, field.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(QueryContext context, ArrayValue left, ArrayValue right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!sameElement(context, left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameFields(QueryContext context, ObjectValue left, ObjectValue right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<String, Value> field : left) {
      Value other = right.get(field.getKey());
      if (other == null || !sameElement(context, field.getValue(), other)) {
        return false;
      }
    }
    return true;
  }
}
