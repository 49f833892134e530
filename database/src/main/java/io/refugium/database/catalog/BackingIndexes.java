package io.refugium.database.catalog;

import io.refugium.database.catalog.IndexDef.Component;
import io.refugium.database.catalog.IndexDef.Extractor;
import io.refugium.database.catalog.IndexDef.Language;
import io.refugium.database.catalog.IndexDef.Source;
import io.refugium.database.catalog.IndexDef.Status;
import io.refugium.database.document.DocumentPath;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The indexes behind the {@code indexes} and unique {@code constraints} of a v10 collection (spec:
 * schema 6.4). Definitions of the same shape share one; one that keeps its shape keeps its index,
 * whatever its name.
 */
public final class BackingIndexes {
  private static final int PARTITIONS_WITHOUT_TERMS = 8;

  private BackingIndexes() {}

  /** A path of a definition: as written, in canonical form, and how it is used. */
  record Part(String path, boolean mva, boolean descending) {}

  /**
   * What makes two definitions the same index.
   *
   * @param bodies the source of the computed fields it uses: an index over another body is another
   *     index
   */
  record Shape(List<Part> terms, List<Part> values, Map<String, String> bodies) {}

  /** The index of a shape. */
  public record Backing(int id, Shape shape, boolean unique, Status status) {
    public Backing with(Status other) {
      return new Backing(id, shape, unique, other);
    }

    /** The same index, of which nobody demands that it be unique. */
    Backing unenforced() {
      return new Backing(id, shape, false, status);
    }
  }

  /** The shape of a member of {@code indexes}. */
  static Shape ofIndex(ObjectValue collection, ObjectValue index) {
    return shape(collection, parts(index.get("terms")), parts(index.get("values")));
  }

  /** The shape of an element of {@code constraints}, or null when it is no unique constraint. */
  static Shape ofConstraint(ObjectValue collection, ObjectValue constraint) {
    return constraint.get("unique") instanceof ArrayValue unique
        ? shape(collection, parts(unique), List.of())
        : null;
  }

  private static Shape shape(ObjectValue collection, List<Part> terms, List<Part> values) {
    Map<String, String> bodies = new LinkedHashMap<>();
    ObjectValue computed = CollectionDef.Fields.object(collection, "computed_fields");
    for (List<Part> parts : List.of(terms, values)) {
      for (Part part : parts) {
        Object first = DocumentPath.steps(part.path()).getFirst();
        if (first instanceof String name && computed.get(name) instanceof ObjectValue field) {
          bodies.put(name, String.valueOf(CollectionDef.Fields.string(field, "body")));
        }
      }
    }
    return new Shape(terms, values, bodies);
  }

  private static List<Part> parts(Value specifications) {
    List<Part> parts = new ArrayList<>();
    if (specifications instanceof ArrayValue array) {
      for (Value element : array.values()) {
        switch (element) {
          case StringValue(String path) ->
              parts.add(new Part(DocumentPath.canonical(path), false, false));
          case ObjectValue part ->
              parts.add(
                  new Part(
                      DocumentPath.canonical(CollectionDef.Fields.string(part, "field")),
                      part.get("mva") == BooleanValue.TRUE,
                      part.get("order") instanceof StringValue(String order)
                          && order.equals("desc")));
          default -> {}
        }
      }
    }
    return List.copyOf(parts);
  }

  /**
   * The indexes that a collection document asks for, known ones kept.
   *
   * @param newId gives an id to each new one
   */
  public static List<Backing> derive(
      ObjectValue collection, List<Backing> known, IntSupplier newId) {
    Map<Shape, Boolean> wanted = new LinkedHashMap<>();
    ObjectValue indexes = CollectionDef.Fields.object(collection, "indexes");
    for (int i = 0; i < indexes.size(); i++) {
      if (indexes.valueAt(i) instanceof ObjectValue index) {
        wanted.put(ofIndex(collection, index), false);
      }
    }
    if (collection.get("constraints") instanceof ArrayValue constraints) {
      for (Value constraint : constraints.values()) {
        Shape shape =
            constraint instanceof ObjectValue object ? ofConstraint(collection, object) : null;
        if (shape != null) {
          wanted.put(shape, true);
        }
      }
    }
    List<Backing> backings = new ArrayList<>();
    wanted.forEach(
        (shape, unique) -> {
          Backing old = find(known, shape);
          backings.add(
              old == null
                  ? new Backing(newId.getAsInt(), shape, unique, Status.BUILDING)
                  : new Backing(old.id(), shape, unique, old.status()));
        });
    return List.copyOf(backings);
  }

  /** Whether an index is on one of these top level fields, or on computed fields. */
  public static boolean isOn(Shape shape, Set<String> fields) {
    if (!shape.bodies().isEmpty()) {
      return true;
    }
    for (List<Part> parts : List.of(shape.terms(), shape.values())) {
      for (Part part : parts) {
        List<Object> steps = DocumentPath.steps(part.path());
        Object first =
            steps.getFirst().equals("data") && steps.size() > 1 ? steps.get(1) : steps.getFirst();
        if (first instanceof String name && fields.contains(name)) {
          return true;
        }
      }
    }
    return false;
  }

  public static Backing find(List<Backing> backings, Shape shape) {
    for (Backing backing : backings) {
      if (backing.shape().equals(shape)) {
        return backing;
      }
    }
    return null;
  }

  /** The index as the catalog knows it. */
  static IndexDef definition(Backing backing, long scope, int collection) {
    Shape shape = backing.shape();
    return new IndexDef(
        scope,
        backing.id(),
        Language.V10,
        null,
        List.of(new Source(false, Set.of(collection), Map.of())),
        components(shape, shape.terms()),
        components(shape, shape.values()),
        backing.unique(),
        true,
        backing.status(),
        shape.terms().isEmpty() ? PARTITIONS_WITHOUT_TERMS : 1,
        null);
  }

  private static List<Component> components(Shape shape, List<Part> parts) {
    return parts.stream()
        .map(part -> new Component(extractor(shape, part), part.mva(), part.descending(), false))
        .toList();
  }

  private static Extractor extractor(Shape shape, Part part) {
    List<Object> steps = DocumentPath.steps(part.path());
    if (steps.getFirst() instanceof String name && shape.bodies().containsKey(name)) {
      return new Extractor.Computed(name, steps.subList(1, steps.size()));
    }
    return new Extractor.Path(DocumentPath.inDocument(steps));
  }

  // ---------------------------------------------------------------- stored form

  static Value encode(List<Backing> backings) {
    return new ArrayValue(backings.stream().map(BackingIndexes::encode).toList());
  }

  private static Value encode(Backing backing) {
    ObjectValue.Builder bodies = ObjectValue.builder();
    backing.shape().bodies().forEach((name, body) -> bodies.put(name, new StringValue(body)));
    return ObjectValue.builder()
        .put("id", new LongValue(backing.id()))
        .put("terms", encodeParts(backing.shape().terms()))
        .put("values", encodeParts(backing.shape().values()))
        .put("bodies", bodies.build())
        .put("unique", BooleanValue.of(backing.unique()))
        .put("status", new StringValue(backing.status().name()))
        .build();
  }

  private static Value encodeParts(List<Part> parts) {
    return new ArrayValue(
        parts.stream()
            .<Value>map(
                part ->
                    ObjectValue.builder()
                        .put("path", new StringValue(part.path()))
                        .put("mva", BooleanValue.of(part.mva()))
                        .put("descending", BooleanValue.of(part.descending()))
                        .build())
            .toList());
  }

  static List<Backing> decode(Value stored) {
    List<Backing> backings = new ArrayList<>();
    for (Value element : ((ArrayValue) stored).values()) {
      ObjectValue object = (ObjectValue) element;
      Map<String, String> bodies = new LinkedHashMap<>();
      ObjectValue stringBodies = (ObjectValue) object.get("bodies");
      for (int i = 0; i < stringBodies.size(); i++) {
        bodies.put(stringBodies.nameAt(i), ((StringValue) stringBodies.valueAt(i)).value());
      }
      backings.add(
          new Backing(
              (int) ((LongValue) object.get("id")).value(),
              new Shape(
                  decodeParts(object.get("terms")), decodeParts(object.get("values")), bodies),
              object.get("unique") == BooleanValue.TRUE,
              Status.valueOf(((StringValue) object.get("status")).value())));
    }
    return List.copyOf(backings);
  }

  private static List<Part> decodeParts(Value stored) {
    return ((ArrayValue) stored)
        .values().stream()
            .map(ObjectValue.class::cast)
            .map(
                part ->
                    new Part(
                        ((StringValue) part.get("path")).value(),
                        part.get("mva") == BooleanValue.TRUE,
                        part.get("descending") == BooleanValue.TRUE))
            .toList();
  }
}
