package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lambda bodies as values: expressions in wire form, in the normal form that rendering shows and
 * error positions follow (spec: FQL v4, 2.6). Refs and other literals are values in it, bindings of
 * a {@code let} an object, needless {@code @obj} wrappers gone.
 */
public final class WireForms {
  private WireForms() {}

  /** The normal form of a body as written. */
  static Value normalise(Value json, Names names) {
    return switch (json) {
      case ArrayValue array ->
          new ArrayValue(array.values().stream().map(v -> normalise(v, names)).toList());
      case ObjectValue object -> normalise(object, names);
      default -> json;
    };
  }

  private static Value normalise(ObjectValue object, Names names) {
    String only = object.size() == 1 ? object.names().getFirst() : "";
    Value payload = only.isEmpty() ? NullValue.NULL : object.get(only);
    switch (only) {
      case "@ref" -> {
        Value ref = RefForm.read(payload, Position.ROOT).resolve(names, Position.ROOT);
        return ref instanceof Ref resolved && resolved.scope() == names.scope() ? ref : object;
      }
      case "@ts" -> {
        return Literals.time(payload, Position.ROOT);
      }
      case "@date" -> {
        return Literals.date(payload, Position.ROOT);
      }
      case "@bytes" -> {
        return Literals.bytes(payload, Position.ROOT);
      }
      case "@uuid" -> {
        return Literals.uuid(payload, Position.ROOT);
      }
      case "@query" -> {
        return lambda((ObjectValue) payload, names);
      }
      case "@obj" -> {
        return normalise(payload, names);
      }
      case "object" -> {
        return ObjectValue.of("object", fields((ObjectValue) payload, names));
      }
      case "quote" -> {
        return ObjectValue.of("quote", quoted(payload, names));
      }
      default -> {
        ObjectValue.Builder normal = ObjectValue.builder();
        object.forEach(
            field ->
                normal.put(
                    field.getKey(),
                    field.getKey().equals("let")
                        ? bindings(field.getValue(), names)
                        : normalise(field.getValue(), names)));
        return normal.build();
      }
    }
  }

  /** A nested {@code @query}, whose version is 2.12 when it names none. */
  private static Value lambda(ObjectValue payload, Names names) {
    String version =
        payload.get("api_version") instanceof StringValue text
            ? text.value()
            : ApiVersion.V2_12.text();
    return new LambdaValue(version, payload.get("lambda"), normalise(payload.get("expr"), names));
  }

  /**
   * The fields of an {@code object}: wrapped in {@code @obj} only where they would be read as a
   * literal.
   */
  private static Value fields(ObjectValue written, Names names) {
    ObjectValue data =
        written.size() == 1 && written.get("@obj") instanceof ObjectValue wrapped
            ? wrapped
            : written;
    ObjectValue.Builder fields = ObjectValue.builder();
    data.forEach(field -> fields.put(field.getKey(), normalise(field.getValue(), names)));
    ObjectValue result = fields.build();
    return needsWrapper(result) ? ObjectValue.of("@obj", result) : result;
  }

  private static boolean needsWrapper(ObjectValue fields) {
    return fields.names().stream().anyMatch(name -> name.startsWith("@"));
  }

  /**
   * The bindings of a {@code let} as an object, unless a name occurs twice: then all must be kept
   * to be evaluated.
   */
  private static Value bindings(Value written, Names names) {
    if (written instanceof ObjectValue object) {
      return fields(object, names);
    }
    List<Value> bindings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean twice = false;
    ObjectValue.Builder merged = ObjectValue.builder();
    for (Value binding : ((ArrayValue) written).values()) {
      String name = ((ObjectValue) binding).names().getFirst();
      Value expr = normalise(((ObjectValue) binding).get(name), names);
      twice |= !seen.add(name);
      merged.put(name, expr);
      bindings.add(ObjectValue.of(name, expr));
    }
    return twice ? new ArrayValue(bindings) : fields(merged.build(), names);
  }

  private static Value quoted(Value json, Names names) {
    return switch (json) {
      case ArrayValue array -> array.map(value -> quoted(value, names));
      case ObjectValue object
          when object.size() == 1
              && Literals.TAGS.contains(object.names().getFirst())
              && !object.has("@obj") ->
          normalise(object, names);
      case ObjectValue object -> object.map(value -> quoted(value, names));
      default -> json;
    };
  }

  /**
   * An expression whose value is this one, storable: sets and refs that exist only in a query are
   * literals in it.
   */
  static Value ofValue(Value value, Names names) {
    return switch (value) {
      case ArrayValue array -> array.map(element -> ofValue(element, names));
      case ObjectValue object -> {
        ObjectValue data = object.map(field -> ofValue(field, names));
        yield ObjectValue.of("object", needsWrapper(data) ? ObjectValue.of("@obj", data) : data);
      }
      case VersionValue version -> ofValue(version.toObject(), names);
      case Ref _, UnresolvedRef _ -> new RefLiterals(names).storable(value);
      case SetValue set -> storable(Plain.of(set), names);
      case Closure closure -> closure.toLambdaValue();
      case RuntimeValue runtime -> ofValue(Plain.of(runtime), names);
      default -> value;
    };
  }

  /** A literal with the refs in it. */
  private static Value storable(Value literal, Names names) {
    return switch (literal) {
      case ArrayValue array -> array.map(element -> storable(element, names));
      case ObjectValue object -> object.map(field -> storable(field, names));
      default -> new RefLiterals(names).storable(literal);
    };
  }

  /**
   * What rendering shows of a normal form: a {@code quote} as its bare content, of bindings of one
   * name the last.
   */
  public static Value shown(Value normal) {
    return switch (normal) {
      case ArrayValue array ->
          new ArrayValue(array.values().stream().map(WireForms::shown).toList());
      case ObjectValue object when object.size() == 1 && object.has("quote") -> object.get("quote");
      case ObjectValue object -> {
        ObjectValue.Builder shown = ObjectValue.builder();
        object.forEach(
            field ->
                shown.put(
                    field.getKey(),
                    field.getKey().equals("let")
                        ? shownBindings(field.getValue())
                        : shown(field.getValue())));
        yield shown.build();
      }
      default -> normal;
    };
  }

  private static Value shownBindings(Value bindings) {
    if (!(bindings instanceof ArrayValue array)) {
      return shown(bindings);
    }
    ObjectValue.Builder merged = ObjectValue.builder();
    for (Value binding : array.values()) {
      ((ObjectValue) binding).forEach(field -> merged.put(field.getKey(), shown(field.getValue())));
    }
    return merged.build();
  }
}
