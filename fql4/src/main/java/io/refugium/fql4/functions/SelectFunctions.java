package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.BOOLEAN;
import static io.refugium.fql4.language.Kind.PATH;
import static io.refugium.fql4.language.Kind.STRING;

import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.EventFields;
import io.refugium.fql4.language.EventValue;
import io.refugium.fql4.language.Kind;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Names;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.SourcedValue;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Looking into values (spec: FQL v4, 6.2). */
final class SelectFunctions {
  private SelectFunctions() {}

  static void define(Library library) {
    // Before version 3 the default is evaluated in any case.
    library
        .define("select", PATH)
        .with("from", ANY)
        .optional("all", BOOLEAN)
        .optional("default", ANY)
        .until(ApiVersion.V2_12)
        .as(call -> select(call, call.bool(2, false), 3));
    library
        .define("select", PATH)
        .with("from", ANY)
        .optional("all", BOOLEAN)
        .optionalLazy("default", ANY)
        .since(ApiVersion.V3)
        .free()
        .as(call -> select(call, call.bool(2, false), 3));
    library
        .define("select_all", PATH)
        .alias("select_as_index")
        .with("from", ANY)
        .optional("default", ANY)
        .as(call -> select(call, true, 2));
    library.define("contains", PATH).with("in", ANY).as(SelectFunctions::containsPath);
    library
        .define("contains_path", PATH)
        .with("in", ANY)
        .since(ApiVersion.V3)
        .as(SelectFunctions::containsPath);
    library
        .define("contains_field", STRING)
        .with("in", ANY)
        .since(ApiVersion.V3)
        .as(SelectFunctions::containsField);
    library
        .define("contains_value", ANY)
        .with("in", ANY)
        .reads()
        .since(ApiVersion.V3)
        .as(SelectFunctions::containsValue);
  }

  private static Value select(Call call, boolean all, int defaultIndex) {
    Value from = call.value(1);
    if (from instanceof UnresolvedRef ref) {
      throw ref.error(call.position(1), call.version());
    }
    Paths paths = new Paths(call.evaluation().names());
    List<Value> path = call.list(0);
    if (all) {
      return new ArrayValue(paths.resolveAll(from, path));
    }
    Value found = paths.resolve(from, path);
    if (found != null && !(found instanceof Paths.SetFields)) {
      return found;
    }
    if (call.has(defaultIndex)) {
      return call.value(defaultIndex) != null ? call.value(defaultIndex) : call.force(defaultIndex);
    }
    throw Errors.valueNotFound(call.position(1), path.stream().map(SelectFunctions::text).toList());
  }

  private static String text(Value step) {
    return step instanceof StringValue name
        ? name.value()
        : Long.toString(((LongValue) step).value());
  }

  private static Value containsPath(Call call) {
    return Call.of(
        !(call.value(1) instanceof UnresolvedRef)
            && new Paths(call.evaluation().names()).resolve(call.value(1), call.list(0)) != null);
  }

  private static Value containsField(Call call) {
    if (call.value(1) instanceof ArrayValue) {
      throw Errors.wrongKind(call.position(1), "Object", "Array");
    }
    return Call.of(
        new Paths(call.evaluation().names()).field(call.value(1), call.string(0)) != null);
  }

  private static Value containsValue(Call call) {
    Value wanted = call.value(0);
    Value container = call.value(1);
    if (Kind.isSet(container)) {
      Iterator<Value> elements = call.evaluation().sets().elements(container, call.position());
      while (elements.hasNext()) {
        if (matches(elements.next(), wanted)) {
          return Call.of(true);
        }
      }
      return Call.of(false);
    }
    List<Value> contained = containedValues(container, call.evaluation().names());
    if (contained == null) {
      throw Errors.wrongKind(call.position(1), "Object, Array, Page, Set, or Ref", "Scalar");
    }
    return Call.of(contained.stream().anyMatch(value -> matches(value, wanted)));
  }

  /** Structural equality, except that the word of an action is that action. */
  private static boolean matches(Value contained, Value wanted) {
    return contained instanceof ActionValue action && wanted instanceof StringValue(String word)
        ? action.word().equals(word)
        : contained.equals(wanted);
  }

  /**
   * The values that {@code contains_value} compares with, for containers that are no sets; null for
   * what contains nothing by its kind.
   */
  static List<Value> containedValues(Value container, Names names) {
    return switch (container) {
      case ObjectValue object -> fieldValues(object);
      case ArrayValue array -> array.values();
      case PageValue page -> present(new ArrayValue(page.data()), page.before(), page.after());
      case VersionValue version -> {
        List<Value> values =
            new ArrayList<>(List.of(version.ref(), version.collection(), version.ts()));
        values.addAll(fieldValues(version.fields()));
        yield values;
      }
      case EventValue event -> {
        List<Value> values = new ArrayList<>(List.of(event.ts(), event.action(), event.document()));
        if (event.diff() != null) {
          values.addAll(fieldValues(event.diff()));
        }
        if (event.values() != null) {
          values.add(EventFields.data(event));
        }
        yield values;
      }
      case SourcedValue sourced -> List.of(sourced.value(), new ArrayValue(sourced.sources()));
      case Ref ref when NativeCollections.isNamed(ref.collection()) -> List.of();
      case Ref ref -> {
        Paths paths = new Paths(names);
        yield present(
            paths.field(ref, "id"), paths.field(ref, "collection"), paths.field(ref, "database"));
      }
      default -> null;
    };
  }

  private static List<Value> fieldValues(ObjectValue object) {
    List<Value> values = new ArrayList<>(object.size());
    for (Map.Entry<String, Value> field : object) {
      values.add(field.getValue());
    }
    return values;
  }

  private static List<Value> present(Value... values) {
    List<Value> present = new ArrayList<>();
    for (Value value : values) {
      if (value != null) {
        present.add(value);
      }
    }
    return present;
  }
}
