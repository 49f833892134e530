package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.LAMBDA;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Failures;
import io.refugium.fql4.language.Fql4Error;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.Types;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects: merging them, and to and from arrays (spec: FQL v4, 6.4). */
final class ObjectFunctions {
  private ObjectFunctions() {}

  static void define(Library library) {
    library
        .define("merge", ANY)
        .with("with", ANY)
        .optional("lambda", LAMBDA)
        .as(ObjectFunctions::merge);
    library.define("to_object", ANY).as(ObjectFunctions::toObject);
    library.define("to_array", ANY).as(ObjectFunctions::toArray);
  }

  private static Value merge(Call call) {
    List<Fql4Error> errors = new ArrayList<>();
    ObjectValue left = operand(call.value(0), call.position(0), errors);
    List<ObjectValue> rights = new ArrayList<>();
    if (call.value(1) instanceof ArrayValue array) {
      for (int i = 0; i < array.size(); i++) {
        rights.add(operand(array.get(i), call.position(1).at(i), errors));
      }
    } else {
      rights.add(operand(call.value(1), call.position(1), errors));
    }
    Failures.throwIfAny(errors);
    ObjectValue.Builder merged = left.toBuilder();
    ObjectValue now = left;
    for (ObjectValue right : rights) {
      for (Map.Entry<String, Value> field : right) {
        Value value = resolve(call, field.getKey(), now.get(field.getKey()), field.getValue());
        if (value instanceof NullValue) {
          merged.remove(field.getKey());
        } else {
          merged.put(field.getKey(), value);
        }
      }
      now = merged.build();
    }
    return now;
  }

  private static Value resolve(Call call, String key, Value left, Value right) {
    if (!call.has(2)) {
      return right;
    }
    Value old = left == null ? NullValue.NULL : left;
    return call.lambda(2).apply(ArrayValue.of(new StringValue(key), old, right), call.position());
  }

  /** An operand as an object, or an error noted. */
  private static ObjectValue operand(Value value, Position position, List<Fql4Error> errors) {
    return switch (value) {
      case ObjectValue object -> object;
      case VersionValue version -> version.toObject();
      default -> {
        errors.addAll(Errors.wrongKind(position, "Object", Types.nameOf(value)).errors());
        yield ObjectValue.EMPTY;
      }
    };
  }

  private static Value toObject(Call call) {
    return switch (call.value(0)) {
      case ObjectValue object -> object;
      case VersionValue version -> version.toObject();
      case ArrayValue array -> {
        ObjectValue.Builder object = ObjectValue.builder();
        List<Fql4Error> errors = null;
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i) instanceof ArrayValue pair
              && pair.size() == 2
              && pair.get(0) instanceof StringValue key) {
            object.put(key.value(), pair.get(1));
          } else {
            errors =
                Failures.add(
                    errors,
                    Errors.wrongKind(
                        call.position(0).at(i), "Field/Value", Types.nameOf(array.get(i))));
          }
        }
        Failures.throwIfAny(errors);
        yield object.build();
      }
      case Value other -> throw Errors.cannotCast(call.position(0), Types.nameOf(other), "Object");
    };
  }

  private static Value toArray(Call call) {
    return switch (call.value(0)) {
      case ArrayValue array -> array;
      case ObjectValue object -> pairs(object);
      case VersionValue version -> pairs(version.toObject());
      case Value other -> throw Errors.cannotCast(call.position(0), Types.nameOf(other), "Array");
    };
  }

  private static Value pairs(ObjectValue object) {
    List<Value> pairs = new ArrayList<>(object.size());
    object.forEach(
        field -> pairs.add(ArrayValue.of(new StringValue(field.getKey()), field.getValue())));
    return new ArrayValue(pairs);
  }
}
