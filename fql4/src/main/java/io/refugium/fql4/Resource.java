package io.refugium.fql4;

import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.JsonReader;
import io.refugium.fql4.language.Limits;
import io.refugium.fql4.language.Names;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.RefForm;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A path of the oldest clients, such as {@code /collections/spells/1/events}: short for an
 * expression about the native collection, schema object or document that it leads to (spec: HTTP
 * surface, 8).
 *
 * @param ref what the path leads to, by name
 * @param events whether it is about history
 */
record Resource(RefForm ref, boolean events) {
  private static final String EVENTS = "events";
  private static final int PATH_WITH_ID = 3;

  /** The resource at a path of decoded segments; null when there can be none. */
  static Resource at(List<String> segments) {
    boolean events = segments.size() > 1 && segments.getLast().equals(EVENTS);
    List<String> path = events ? segments.subList(0, segments.size() - 1) : segments;
    if (path.size() > PATH_WITH_ID || path.stream().anyMatch(segment -> segment.contains("/"))) {
      return null;
    }
    try {
      return new Resource(RefForm.readLegacy(String.join("/", path), Position.ROOT), events);
    } catch (Fql4Exception _) {
      return null;
    }
  }

  /** The methods that it answers. */
  List<String> methods() {
    if (events) {
      return List.of("GET");
    }
    return ref instanceof RefForm.Native
        ? List.of("GET", "POST")
        : List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  }

  /** Whether it is one key. */
  boolean isKey() {
    return ref
            instanceof
            RefForm.Numbered(RefForm.Native(int collection, RefForm _), long _, RefForm _)
        && collection == SystemCollections.KEY;
  }

  /**
   * The expression that a request is short for.
   *
   * @throws Fql4Exception when the resource does not exist by name, or the body is not JSON
   */
  Value expression(Fql4Queries.ResourceQuery query, Names names) {
    Ref target = resolve(names);
    return switch (query.method()) {
      case "POST" -> write("create", target, query.body());
      case "PUT" -> write("replace", target, query.body());
      case "PATCH" -> write("update", target, query.body());
      case "DELETE" -> ObjectValue.of("delete", target);
      default -> read(target, query, names);
    };
  }

  private Ref resolve(Names names) {
    try {
      if (ref.resolve(names, Position.ROOT) instanceof Ref resolved) {
        return resolved;
      }
    } catch (Fql4Exception _) {
      throw Errors.noResource();
    }
    throw Errors.noResource();
  }

  private static Value write(String function, Ref target, byte[] body) {
    Value params = body.length == 0 ? ObjectValue.EMPTY : JsonReader.read(body);
    return ObjectValue.builder()
        .put(function, target)
        .put("params", ObjectValue.of("quote", params))
        .build();
  }

  private Value read(Ref target, Fql4Queries.ResourceQuery query, Names names) {
    if (!events && !(ref instanceof RefForm.Native)) {
      return ObjectValue.of("get", target);
    }
    ObjectValue.Builder page = ObjectValue.builder().put("paginate", target);
    if (events) {
      page.put("events", BooleanValue.TRUE);
    }
    query.size().ifPresent(size -> page.put("size", number(size)));
    if (query.after().isPresent()) {
      page.put("after", cursor(query.after().get(), names));
    } else if (query.before().isPresent()) {
      page.put("before", cursor(query.before().get(), names));
    }
    return page.build();
  }

  private static Value number(String text) {
    try {
      return new LongValue(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return new LongValue(Limits.DEFAULT_PAGE_SIZE);
    }
  }

  /** A cursor: JSON, or else the path of a ref. */
  private static Value cursor(String text, Names names) {
    try {
      return ObjectValue.of("quote", JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
    } catch (Fql4Exception notJson) {
      Resource resource = at(List.of(text.split("/")));
      if (resource == null) {
        throw notJson;
      }
      return new ArrayValue(List.of(resource.resolve(names)));
    }
  }
}
