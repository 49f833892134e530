package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.QueryValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;

/** Values on their way to functions of FQL v4 and back (library specification, section 18). */
final class OtherLanguage {
  private static final Value EXTERNAL = new StringValue("[db-external Document]");
  private static final Value UNRESOLVED = new StringValue("[unresolved Document]");

  private OtherLanguage() {}

  /** What FQL v4 gets for a value, an ID as a number; Java's {@code null} if there is nothing. */
  static Value argument(Value value) {
    return Storable.orNull(withoutIds(value));
  }

  private static Value withoutIds(Value value) {
    return switch (value) {
      case IdValue(long id) -> new LongValue(id);
      case ArrayValue array -> array.map(OtherLanguage::withoutIds);
      case ObjectValue object -> object.map(OtherLanguage::withoutIds);
      default -> value;
    };
  }

  /**
   * What a result of FQL v4 is here: texts stand for references that lead nowhere or elsewhere.
   *
   * @param scope the database of the query
   */
  static Value result(Value value, long scope) {
    return switch (value) {
      case ArrayValue array -> array.map(element -> result(element, scope));
      case ObjectValue object -> object.map(field -> result(field, scope));
      case Ref ref -> ref.scope() == scope ? ref : EXTERNAL;
      case QueryValue own -> own;
      case TransactionTime time -> time;
      // Of what exists only in a query of FQL v4, nothing else comes out of its functions.
      case RuntimeValue _ -> UNRESOLVED;
      default -> value;
    };
  }
}
