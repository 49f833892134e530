package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.LentFunction;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.QueryValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns values of the language into values of the store (language specification, section 7.1). Null
 * fields stay, as {@link NullValue}: whether they remove or are dropped is decided by the write.
 */
final class Storable {
  private Storable() {}

  /**
   * The stored form of an object.
   *
   * @throws QueryFailure {@code invalid_type} if something in it cannot be stored
   */
  static ObjectValue object(ObjectValue object) {
    return isPlain(object) ? object : object(object, "");
  }

  /** Whether a value is stored as it is, and refers to nothing that has a name. */
  private static boolean isPlain(Value value) {
    switch (value) {
      case ObjectValue object -> {
        for (Map.Entry<String, Value> field : object) {
          if (!isPlain(field.getValue())) {
            return false;
          }
        }
        return true;
      }
      case ArrayValue(List<Value> elements) -> {
        for (Value element : elements) {
          if (!isPlain(element)) {
            return false;
          }
        }
        return true;
      }
      case Ref ref -> {
        return SystemCollections.isUser(ref.collection());
      }
      default -> {
        return !(value instanceof RuntimeValue);
      }
    }
  }

  /**
   * The stored form of the fields of a user's document, which cannot refer to what has a name.
   *
   * @throws QueryFailure {@code invalid_type} if something in it cannot be stored
   */
  static ObjectValue fields(ObjectValue given) {
    if (isPlain(given)) {
      return given;
    }
    ObjectValue stored = object(given, "");
    refuseNamed(stored, "");
    return stored;
  }

  private static void refuseNamed(Value value, String path) {
    switch (value) {
      case ObjectValue object ->
          object.forEach(
              field ->
                  refuseNamed(
                      field.getValue(),
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey()));
      case ArrayValue(List<Value> elements) -> {
        for (int i = 0; i < elements.size(); i++) {
          refuseNamed(elements.get(i), path + "[" + i + "]");
        }
      }
      // Definitions of collections could be stored before there was this rule.
      case Ref ref
          when SystemDocuments.isNamed(ref.collection())
              && ref.collection() != SystemCollections.COLLECTION ->
          throw Errors.unstorableDocument(path);
      default -> {}
    }
  }

  /** The stored form, or Java's {@code null} if there is none. */
  static Value orNull(Value value) {
    try {
      return value(value, "");
    } catch (QueryFailure unstorable) {
      return null;
    }
  }

  private static ObjectValue object(ObjectValue object, String path) {
    ObjectValue.Builder fields = ObjectValue.builder();
    for (Map.Entry<String, Value> field : object) {
      String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      fields.put(field.getKey(), value(field.getValue(), inner));
    }
    return fields.build();
  }

  static Value value(Value value, String path) {
    return switch (value) {
      case ArrayValue(List<Value> elements) -> array(elements, path);
      case ObjectValue object -> object(object, path);
      case QueryValue own -> own(own, path);
      case LambdaValue lambda -> lambda;
      case RuntimeValue foreign -> throw Errors.unstorable(path, foreign);
      default -> value;
    };
  }

  private static Value array(List<Value> elements, String path) {
    List<Value> stored = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      stored.add(value(elements.get(i), path + "[" + i + "]"));
    }
    return new ArrayValue(stored);
  }

  private static Value own(QueryValue value, String path) {
    return switch (value) {
      case Null ignored -> NullValue.NULL;
      case NarrowLong(long number) -> new LongValue(number);
      case Lambda ignored -> throw Errors.unstorableLambda();
      case LentFunction lent -> own(lent.plain(), path);
      case DocumentValue document when document.name() == null && document.ref() != null ->
          document.ref();
      case DocumentValue ignored -> throw Errors.unstorableDocument(path);
      default -> throw Errors.unstorable(path, value);
    };
  }

  /** The object without null fields, at every depth; nulls in arrays stay. */
  static ObjectValue withoutNulls(ObjectValue object) {
    return hasNullField(object) ? copyWithoutNulls(object) : object;
  }

  private static boolean hasNullField(Value value) {
    if (value instanceof ObjectValue object) {
      for (Map.Entry<String, Value> field : object) {
        if (Kind.isNull(field.getValue()) || hasNullField(field.getValue())) {
          return true;
        }
      }
    } else if (value instanceof ArrayValue(List<Value> elements)) {
      for (Value element : elements) {
        if (hasNullField(element)) {
          return true;
        }
      }
    }
    return false;
  }

  private static ObjectValue copyWithoutNulls(ObjectValue object) {
    ObjectValue.Builder fields = ObjectValue.builder();
    for (Map.Entry<String, Value> field : object) {
      if (!Kind.isNull(field.getValue())) {
        fields.put(field.getKey(), withoutNulls(field.getValue()));
      }
    }
    return fields.build();
  }

  private static Value withoutNulls(Value value) {
    return switch (value) {
      case ObjectValue object -> withoutNulls(object);
      case ArrayValue(List<Value> elements) ->
          new ArrayValue(elements.stream().map(Storable::withoutNulls).toList());
      default -> value;
    };
  }

  /** What users keep in a document of these fields. */
  static ObjectValue data(ObjectValue fields) {
    return fields.get(FieldNames.DATA) instanceof ObjectValue data ? data : ObjectValue.EMPTY;
  }

  /** Fields with other data; an empty one is none. */
  static ObjectValue withData(ObjectValue fields, ObjectValue data) {
    return data.isEmpty() ? fields.without(FieldNames.DATA) : fields.with(FieldNames.DATA, data);
  }

  /** An object patched by another: objects merge, null removes, everything else replaces. */
  static ObjectValue merge(ObjectValue before, ObjectValue patch) {
    ObjectValue.Builder fields = before.toBuilder();
    for (Map.Entry<String, Value> field : patch) {
      Value value = field.getValue();
      if (Kind.isNull(value)) {
        fields.remove(field.getKey());
      } else if (value instanceof ObjectValue inner
          && before.get(field.getKey()) instanceof ObjectValue existing) {
        fields.put(field.getKey(), merge(existing, inner));
      } else {
        fields.put(field.getKey(), withoutNulls(value));
      }
    }
    return fields.build();
  }
}
