package io.refugium.fql4;

import io.refugium.access.Operation;
import io.refugium.access.PredicateInput;
import io.refugium.database.document.Version;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;

/** What a predicate written in this language is given (spec: access, 5.5). */
final class PredicateArguments {
  private PredicateArguments() {}

  /** The argument for a predicate with so many parameters. */
  static Value of(PredicateInput input, int arity) {
    return switch (input) {
      case Operation.Read read -> read.target();
      case Operation.Create create -> create.contents();
      case Operation.CreateWithId create ->
          arity == 2 ? ArrayValue.of(create.contents(), create.target()) : create.contents();
      case Operation.Write write ->
          arity == 3
              ? ArrayValue.of(write.before(), write.patched(), write.target())
              : ArrayValue.of(write.before(), write.patched());
      case Operation.Delete delete -> delete.target();
      case Operation.HistoryRead read -> read.target();
      case Operation.HistoryWrite(Ref target, long ts, Version.Change change, var data) ->
          ArrayValue.of(target, TimeValue.ofMicros(ts), action(change), data);
      case Operation.ReadIndex read -> new ArrayValue(read.terms());
      case Operation.ReadIndexUnrestricted read -> new ArrayValue(read.terms());
      case Operation.ListUnrestricted _ -> NullValue.NULL;
      case Operation.Call call ->
          call.arguments().size() == 1
              ? call.arguments().getFirst()
              : new ArrayValue(call.arguments());
      case PredicateInput.Member member -> member.document();
      case PredicateInput.Claims claims -> claims.payload();
    };
  }

  private static Value action(Version.Change change) {
    return new StringValue(
        switch (change) {
          case CREATE -> "create";
          case UPDATE -> "update";
          case DELETE -> "delete";
        });
  }
}
