package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;

/** The names of kinds of values in messages (spec: FQL v4, 2.2, 9.4). */
public final class Types {
  private Types() {}

  /** The name of a value's kind in {@code X expected, Y provided.} */
  public static String nameOf(Value value) {
    return switch (value) {
      case NullValue _ -> "Null";
      case BooleanValue _ -> "Boolean";
      case LongValue _ -> "Integer";
      case DoubleValue _ -> "Double";
      case StringValue _ -> "String";
      case BytesValue _ -> "Bytes";
      case TimeValue _ -> "Time";
      case DateValue _ -> "Date";
      case UuidValue _ -> "UUID";
      case Ref ref -> ofRef(ref.collection());
      case LambdaValue _ -> "Lambda";
      case ArrayValue _ -> "Array";
      case ObjectValue _ -> "Object";
      case TransactionTime _ -> "Unresolved Transaction Time";
      case UnresolvedRef ref -> ofUnresolved(ref);
      case SetValue _ -> "Set";
      case PageValue _ -> "Page";
      case ActionValue _ -> "Action";
      case Closure _ -> "Lambda";
      case RuntimeValue _ -> "Object";
    };
  }

  private static String ofRef(int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION -> "Collection Ref";
      case SystemCollections.INDEX -> "Index Ref";
      case SystemCollections.DATABASE -> "Database Ref";
      case SystemCollections.KEY -> "Key Ref";
      case SystemCollections.FUNCTION -> "User Function Ref";
      default -> "Ref";
    };
  }

  private static String ofUnresolved(UnresolvedRef ref) {
    if (ref.isDocument()) {
      return "Ref";
    }
    if (ref.collection() == null) {
      return "Collection Ref";
    }
    return switch (ref.kind()) {
      case SystemCollections.ROLE -> "Role Ref";
      case SystemCollections.ACCESS_PROVIDER -> "Access Provider Ref";
      default -> ofRef(ref.kind());
    };
  }

  /** The name of a value's kind in {@code Invalid type X, expected type Y.} */
  public static String storedNameOf(Value value) {
    return switch (value) {
      case NullValue _ -> "Null";
      case BooleanValue _ -> "Boolean";
      case LongValue _, TransactionTime _ -> "Long";
      case DoubleValue _ -> "Double";
      case StringValue _, ActionValue _ -> "String";
      case BytesValue _ -> "Bytes";
      case TimeValue _ -> "Time";
      case DateValue _ -> "Date";
      case UuidValue _ -> "UUID";
      case Ref _, UnresolvedRef _ -> "Ref";
      case LambdaValue _, Closure _ -> "Query";
      case ArrayValue _ -> "Array";
      case ObjectValue _, RuntimeValue _ -> "Map";
    };
  }
}
