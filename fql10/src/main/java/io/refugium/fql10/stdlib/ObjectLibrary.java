package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.list;
import static io.refugium.fql10.stdlib.Arguments.object;
import static io.refugium.fql10.stdlib.Arguments.of;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.Text;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The module {@code Object} (library specification, section 12). */
final class ObjectLibrary {
  static final Members MODULE =
      Members.builder()
          .method(
              "keys(object: Object) => Array<String>",
              "The names of the fields.",
              (c, s, a) -> each(c, a[0], field -> of(field.getKey())))
          .method(
              "values(object: Object<A>) => Array<A>",
              "The values of the fields.",
              (c, s, a) -> each(c, a[0], Map.Entry::getValue))
          .method(
              "entries(object: Object<A>) => Array<[String, A]>",
              "Names and values of the fields.",
              (c, s, a) ->
                  each(c, a[0], field -> ArrayValue.of(of(field.getKey()), field.getValue())))
          .method(
              "fromEntries(entries: Array<[String, A]>) => { *: A }",
              "The object with these fields.",
              (c, s, a) -> fromEntries(list(a[0])))
          .method(
              "assign(destination: Object<A>, source: Object<B>) => { *: A | B }",
              "The fields of one object, replaced and followed by those of another.",
              (c, s, a) -> assign(c, a[0], a[1]))
          .method(
              "select(object: Struct, path: Array<String>) => Any",
              "The value at a path.",
              (c, s, a) -> {
                Value found = follow(object(a[0]), list(a[1]));
                return found == null ? Null.of(NullCause.NO_VALUE_AT_PATH) : found;
              })
          .method(
              "hasPath(object: Struct, path: Array<String>) => Boolean",
              "Whether there is a field at a path.",
              (c, s, a) -> of(follow(object(a[0]), list(a[1])) != null))
          .method(
              "toString(object: Any) => String",
              "Any value as text.",
              (c, s, a) -> of(Text.display(c.context(), a[0])))
          .build();

  private ObjectLibrary() {}

  private static Value each(
      Call call, Value object, Function<Map.Entry<String, Value>, Value> part) {
    List<Value> parts = new ArrayList<>();
    for (Map.Entry<String, Value> field : fields(call, object, "object")) {
      parts.add(part.apply(field));
    }
    return of(parts);
  }

  private static Iterable<Map.Entry<String, Value>> fields(
      Call call, Value object, String parameter) {
    return switch (Kind.of(object)) {
      case OBJECT -> object(object);
      case DOCUMENT -> documentFields(call, object, parameter);
      default -> throw Errors.invalidArgument(parameter, "expected either an object or a document");
    };
  }

  private static List<Map.Entry<String, Value>> documentFields(
      Call call, Value document, String parameter) {
    Documents documents = call.context().environment().documents();
    call.context().require(Effect.READ, "Reading a document");
    NullCause missing = documents.missing(call.context(), document);
    if (missing != null) {
      String message = missing.message();
      throw Errors.invalidArgument(
          parameter, Character.toLowerCase(message.charAt(0)) + message.substring(1));
    }
    return documents.fields(call.context(), document).all();
  }

  private static Value assign(Call call, Value destination, Value source) {
    ObjectValue.Builder result = ObjectValue.builder();
    for (Map.Entry<String, Value> field : fields(call, destination, "destination")) {
      result.put(field.getKey(), field.getValue());
    }
    for (Map.Entry<String, Value> field : fields(call, source, "source")) {
      result.put(field.getKey(), field.getValue());
    }
    return result.build();
  }

  private static Value fromEntries(List<Value> entries) {
    ObjectValue.Builder result = ObjectValue.builder();
    for (int i = 0; i < entries.size(); i++) {
      if (!(entries.get(i) instanceof ArrayValue entry)) {
        throw badEntry(
            "expected an array for each element of the outer array, but saw type "
                + Kind.typeName(entries.get(i)),
            i);
      }
      if (entry.size() != 2) {
        throw badEntry("expected inner array of length 2 but saw length " + entry.size(), i);
      }
      if (!(entry.get(0) instanceof StringValue(String key))) {
        throw badEntry(
            "expected a string for the first element of each inner array, but saw type "
                + Kind.typeName(entry.get(0)),
            i);
      }
      result.put(key, entry.get(1));
    }
    return result.build();
  }

  private static QueryFailure badEntry(String reason, int index) {
    return Errors.invalidArgument("entries", reason + " at index " + index);
  }

  private static Value follow(ObjectValue object, List<Value> path) {
    for (Value step : path) {
      if (!(step instanceof StringValue)) {
        throw Errors.invalidArgument("path", "expected an array of strings");
      }
    }
    Value found = object;
    for (Value step : path) {
      found = found instanceof ObjectValue struct ? struct.get(((StringValue) step).value()) : null;
      if (found == null) {
        return null;
      }
    }
    return found;
  }
}
