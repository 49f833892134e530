package io.refugium.database.index;

import io.refugium.database.catalog.IndexDef.Language;
import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a path of an index leads to in a document (spec: fql4 6.2 and 10.4, schema 6.2).
 * Java's null stands for "nothing found".
 *
 * <p>The id of the document itself, as a value of a v10 index, is the reference of the document:
 * ids order exactly, numbers do not.
 */
final class FieldPath {
  private FieldPath() {}

  /** The one value at a path, arrays and objects whole. */
  static Value single(Language language, Document document, List<Object> steps) {
    if (steps.isEmpty()) {
      return null;
    }
    Value value = top(language, document, steps.getFirst());
    return walk(language, value, steps, 1);
  }

  /** The value at the rest of a path inside another value. */
  static Value inside(Language language, Value value, List<Object> steps) {
    return walk(language, value, steps, 0);
  }

  /**
   * All values at a path as {@code select_all} of FQL v4 finds them: a name met by an array goes to
   * its elements, and arrays found are taken apart to the last level.
   */
  static List<Value> all(Document document, List<Object> steps) {
    List<Value> found = new ArrayList<>();
    if (!steps.isEmpty()) {
      collect(top(Language.V4, document, steps.getFirst()), steps, 1, found);
    }
    return found;
  }

  /** The scalars of an array, to the last level; anything else is itself. */
  static void flatten(Value value, List<Value> into) {
    if (value instanceof ArrayValue array) {
      for (Value element : array.values()) {
        flatten(element, into);
      }
    } else if (value != null) {
      into.add(value);
    }
  }

  private static void collect(Value value, List<Object> steps, int from, List<Value> found) {
    if (value == null) {
      return;
    }
    if (from == steps.size()) {
      flatten(value, found);
    } else if (value instanceof ArrayValue array && steps.get(from) instanceof String) {
      for (Value element : array.values()) {
        collect(element, steps, from, found);
      }
    } else {
      collect(step(Language.V4, value, steps.get(from)), steps, from + 1, found);
    }
  }

  private static Value walk(Language language, Value start, List<Object> steps, int from) {
    Value value = start;
    for (int i = from; i < steps.size() && value != null; i++) {
      value = step(language, value, steps.get(i));
    }
    return value;
  }

  private static Value top(Language language, Document document, Object step) {
    if (!(step instanceof String name)) {
      return null;
    }
    return switch (language) {
      case V4 ->
          switch (name) {
            case "ref" -> document.ref();
            case "class" -> collectionOf(document.ref());
            case "ts" ->
                document.isUncommitted() ? TransactionTime.MICROS : new LongValue(document.ts());
            default -> document.get(name);
          };
      case V10 ->
          switch (name) {
            case "id" -> document.ref();
            case "coll" -> collectionOf(document.ref());
            case "ts" ->
                document.isUncommitted() ? TransactionTime.TIME : TimeValue.ofMicros(document.ts());
            default -> document.get(name);
          };
    };
  }

  private static Value step(Language language, Value container, Object step) {
    return switch (container) {
      case ObjectValue object when step instanceof String name -> object.get(name);
      case ArrayValue array when step instanceof Long index ->
          index >= 0 && index < array.size() ? array.get(index.intValue()) : null;
      case Ref ref when step instanceof String name -> ofReference(language, ref, name);
      default -> null;
    };
  }

  private static Value ofReference(Language language, Ref ref, String name) {
    return switch (name) {
      case "id" ->
          language == Language.V4
              ? new StringValue(Long.toString(ref.id()))
              : new LongValue(ref.id());
      case "collection", "class" -> language == Language.V4 ? collectionOf(ref) : null;
      case "coll" -> language == Language.V10 ? collectionOf(ref) : null;
      default -> null;
    };
  }

  private static Ref collectionOf(Ref ref) {
    return new Ref(ref.scope(), SystemCollections.COLLECTION, ref.collection());
  }

  /** Whether a value is no value: absent, or null. */
  static boolean isNothing(Value value) {
    return value == null || value == NullValue.NULL;
  }
}
