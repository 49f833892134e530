package io.refugium.fql4.functions;

import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.EventFields;
import io.refugium.fql4.language.EventValue;
import io.refugium.fql4.language.Names;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.SourcedValue;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps into values: objects, arrays, versions, pages, events, refs, sets (spec: FQL v4, 6.2). A
 * path that leads nowhere gives Java's null.
 */
final class Paths {
  private final Names names;

  Paths(Names names) {
    this.names = names;
  }

  /** The value at a path, or null. */
  Value resolve(Value container, List<Value> written) {
    List<Value> path = Sources.inNewWords(container, written);
    Value value = container;
    for (int i = 0; i < path.size() && value != null; i++) {
      value = step(value, path.get(i));
    }
    return value;
  }

  /**
   * The values at a path that maps over the arrays on its way; results that are arrays are spliced
   * in.
   */
  List<Value> resolveAll(Value container, List<Value> path) {
    List<Value> found = new ArrayList<>();
    collect(container, Sources.inNewWords(container, path), 0, found);
    return found;
  }

  private void collect(Value value, List<Value> path, int from, List<Value> found) {
    if (value instanceof ArrayValue array
        && (from == path.size() || path.get(from) instanceof StringValue)) {
      array.values().forEach(element -> collect(element, path, from, found));
    } else if (from == path.size()) {
      found.add(value);
    } else {
      Value inner = step(value, path.get(from));
      if (inner != null) {
        collect(inner, path, from + 1, found);
      }
    }
  }

  private Value step(Value container, Value step) {
    return step instanceof StringValue name
        ? field(container, name.value())
        : element(container, ((LongValue) step).value());
  }

  private static Value element(Value container, long index) {
    List<Value> elements =
        switch (container) {
          case ArrayValue array -> array.values();
          case PageValue page -> page.data();
          default -> List.of();
        };
    return index >= 0 && index < elements.size() ? elements.get((int) index) : null;
  }

  /** A field of any container, or null. */
  Value field(Value container, String name) {
    return switch (container) {
      case ObjectValue object -> object.get(name);
      case VersionValue version -> version.field(name);
      case PageValue page ->
          switch (name) {
            case "data" -> new ArrayValue(page.data());
            case "before" -> page.before();
            case "after" -> page.after();
            default -> null;
          };
      case EventValue event -> EventFields.get(event, name);
      case SourcedValue sourced ->
          switch (name) {
            case "value" -> sourced.value();
            case "sources" -> new ArrayValue(sourced.sources());
            default -> null;
          };
      case Ref ref -> refField(ref, name);
      case SetValue set -> name.equals("@set") ? new SetFields(set) : null;
      case SetFields(SetValue set) -> setField(set, name);
      default -> null;
    };
  }

  private Value refField(Ref ref, String name) {
    return switch (name) {
      case "id" -> id(ref);
      case "collection", "class" -> collection(ref);
      case "database" -> ref.scope() == names.scope() ? null : names.database(ref.scope());
      default -> null;
    };
  }

  private Value id(Ref ref) {
    String text;
    if (NativeCollections.isNative(ref)) {
      text = NativeCollections.name(ref.id(), ApiVersion.DEFAULT);
    } else if (NativeCollections.isNamed(ref.collection())) {
      text = names.nameOf(ref);
    } else {
      text = Long.toString(ref.id());
    }
    return text == null ? null : new StringValue(text);
  }

  /** The collection of a document; native collections have none. */
  static Value collection(Ref ref) {
    return NativeCollections.isNative(ref)
        ? null
        : new Ref(ref.scope(), SystemCollections.COLLECTION, ref.collection());
  }

  /** What is inside the {@code @set} of a set: a step on the way, never a result. */
  record SetFields(SetValue set) implements io.refugium.model.RuntimeValue {}

  private static Value setField(SetValue set, String name) {
    return switch (set) {
      case SetValue.Match match when name.equals("match") -> match.index();
      case SetValue.Match match when name.equals("terms") ->
          match.terms().size() == 1 ? match.terms().getFirst() : new ArrayValue(match.terms());
      case SetValue.Union union when name.equals("union") -> new ArrayValue(union.sets());
      case SetValue.Intersection intersection when name.equals("intersection") ->
          new ArrayValue(intersection.sets());
      case SetValue.Difference difference when name.equals("difference") ->
          new ArrayValue(difference.sets());
      case SetValue.Distinct distinct when name.equals("distinct") -> distinct.set();
      case SetValue.Join join when name.equals("join") -> join.source();
      case SetValue.Join join when name.equals("with") -> join.with();
      default -> null;
    };
  }
}
