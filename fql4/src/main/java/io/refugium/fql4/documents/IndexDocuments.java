package io.refugium.fql4.documents;

import io.refugium.fql4.language.Effect;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Indexes (spec: FQL v4, 10.1 to 10.3). Once made, only names, flags and metadata may change. */
final class IndexDocuments implements DocumentKind {
  static final IndexDocuments INSTANCE = new IndexDocuments();
  private static final String EVERY_COLLECTION = "_";
  private static final long MAX_PARTITIONS = 8;
  private static final List<String> SOURCE = List.of("source");
  private static final Set<String> SPEC_FIELDS =
      Set.of("field", "binding", "reverse", "mva", "transform");

  private IndexDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of(
        "name",
        "source",
        "terms",
        "values",
        "unique",
        "serialized",
        "active",
        "partitions",
        "data",
        "permissions");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("name", "unique");
  }

  @Override
  public void prepare(Draft draft) {
    Set<String> bindings = new HashSet<>();
    checkSpecifications(draft, "terms", bindings);
    checkSpecifications(draft, "values", bindings);
    checkSources(draft, bindings);
    draft.requireName();
    draft.optionalBoolean("unique");
    draft.optionalBoolean("serialized");
    draft.optionalBoolean("active");
    checkPartitions(draft);
    draft.optionalObject("data");
    Permissions.prepare(draft, Permissions.OF_INDEX);
    if (draft.before() == null) {
      setDefaults(draft);
    } else {
      checkUnchanged(draft);
    }
    draft.checkReferences();
  }

  private static void setDefaults(Draft draft) {
    draft.setDefault("active", BooleanValue.FALSE);
    draft.setDefault("serialized", BooleanValue.TRUE);
    draft.setDefault("partitions", new LongValue(defaultPartitions(draft.fields())));
  }

  private static long defaultPartitions(ObjectValue fields) {
    if (fields.get("unique") == BooleanValue.TRUE) {
      return 1;
    }
    List<Value> terms = elements(fields.get("terms"));
    boolean byClass =
        terms.size() == 1
            && terms.getFirst() instanceof ObjectValue term
            && elements(term.get("field")).equals(List.of(new StringValue("class")));
    return terms.isEmpty() || byClass ? MAX_PARTITIONS : 1;
  }

  private static List<Value> elements(Value value) {
    return switch (value) {
      case null -> List.of();
      case NullValue _ -> List.of();
      case ArrayValue(List<Value> several) -> several;
      default -> List.of(value);
    };
  }

  private static void checkPartitions(Draft draft) {
    switch (draft.get("partitions")) {
      case null -> {}
      case LongValue(long count) when count >= 1 && count <= MAX_PARTITIONS -> {}
      case LongValue(long count) ->
          draft.fail(Invalid.outOfRange("partitions", count, 1, MAX_PARTITIONS));
      case Value other -> draft.fail(Invalid.type(List.of("partitions"), other, "Long"));
    }
  }

  // ---- Changes

  private static void checkUnchanged(Draft draft) {
    ObjectValue before = draft.before().fields();
    if (!draft.has("active")) {
      draft.fail(Invalid.missing(List.of("active")));
    }
    if (!draft.failures().isEmpty()) {
      return;
    }
    List<String> changed = new ArrayList<>();
    for (String field : List.of("source", "terms", "values")) {
      Value now = draft.get(field);
      if (now == null ? before.has(field) : !now.equals(before.get(field))) {
        changed.add(field);
      }
    }
    if (!changed.isEmpty()) {
      draft.fail(
          Invalid.index(
              "Index sources, terms, and values may not be updated ("
                  + IndexDiff.text(draft, changed)
                  + ")"));
      return;
    }
    long old = partitions(before);
    long now = partitions(draft.fields());
    if (old != now) {
      draft.fail(
          Invalid.index("Index partition count may not be updated (" + old + " -> " + now + ")."));
    }
  }

  /** The number of partitions in force: unique indexes have one. */
  private static long partitions(ObjectValue fields) {
    if (fields.get("unique") == BooleanValue.TRUE) {
      return 1;
    }
    return fields.get("partitions") instanceof LongValue(long count)
        ? count
        : defaultPartitions(fields);
  }

  // ---- Terms and values

  private static void checkSpecifications(Draft draft, String field, Set<String> bindings) {
    switch (draft.get(field)) {
      case null -> {}
      case ObjectValue spec -> draft.set(field, specification(draft, spec, bindings));
      case ArrayValue array -> {
        List<Value> kept = new ArrayList<>();
        for (Value element : array.values()) {
          if (element instanceof ObjectValue spec) {
            kept.add(specification(draft, spec, bindings));
          } else {
            draft.fail(Invalid.type(List.of(field), element, "Term"));
          }
        }
        draft.set(field, new ArrayValue(kept));
      }
      case Value other -> draft.fail(Invalid.type(List.of(field), other, "Term"));
    }
  }

  private static ObjectValue specification(Draft draft, ObjectValue spec, Set<String> bindings) {
    ObjectValue.Builder kept = ObjectValue.builder();
    for (Map.Entry<String, Value> member : spec) {
      if (SPEC_FIELDS.contains(member.getKey())) {
        kept.put(member.getKey(), member.getValue());
      }
    }
    if (!spec.has("field") && !spec.has("binding")) {
      draft.fail(Invalid.fieldOrBindingMissing());
    }
    if (spec.has("field")) {
      checkPath(draft, spec.get("field"));
    }
    switch (spec.get("binding")) {
      case null -> {}
      case StringValue(String name) -> bindings.add(name);
      case Value other -> draft.fail(Invalid.type(List.of("binding"), other, "String"));
    }
    checkFlag(draft, spec, "reverse");
    checkFlag(draft, spec, "mva");
    switch (spec.get("transform")) {
      case null -> {}
      case StringValue(String name) when name.equals("casefold") -> {}
      case StringValue(String name) -> draft.fail(Invalid.value(name, "transform"));
      case Value other -> draft.fail(Invalid.type(List.of("transform"), other, "String"));
    }
    return kept.build();
  }

  private static void checkFlag(Draft draft, ObjectValue spec, String flag) {
    if (spec.has(flag) && !(spec.get(flag) instanceof BooleanValue)) {
      draft.fail(Invalid.type(List.of(flag), spec.get(flag), "Boolean"));
    }
  }

  private static void checkPath(Draft draft, Value path) {
    for (Value step : elements(path)) {
      if (!(step instanceof StringValue) && !(step instanceof LongValue)) {
        draft.fail(Invalid.type(List.of("field"), step, "Long or String"));
        return;
      }
    }
  }

  // ---- Sources

  private static void checkSources(Draft draft, Set<String> usedBindings) {
    Value source = draft.get("source");
    if (source == null) {
      draft.fail(Invalid.missing(SOURCE));
      return;
    }
    List<Value> sources = elements(source);
    Set<Value> seen = new HashSet<>();
    boolean wildcard = false;
    boolean bound = false;
    boolean repeated = false;
    List<Value> kept = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Value one = sources.get(i);
      if (one instanceof ObjectValue object) {
        ObjectValue normal = withCollection(draft, object);
        kept.add(normal);
        bound |= checkBindings(draft, i, object.get("fields"), usedBindings);
      } else {
        kept.add(one);
      }
      Value collections =
          kept.getLast() instanceof ObjectValue object ? object.get("collection") : one;
      if (collections == null) {
        draft.fail(Invalid.missing(SOURCE));
        continue;
      }
      for (Value collection : elements(collections)) {
        wildcard |= checkCollection(draft, collection);
        repeated |= !seen.add(collection);
      }
    }
    boolean mixed = wildcard && sources.size() > 1 && !bound;
    if (mixed) {
      draft.fail(Invalid.mixedWildcards());
    } else if (repeated) {
      draft.fail(Invalid.multipleBindings());
    }
    draft.set("source", source instanceof ArrayValue ? new ArrayValue(kept) : kept.getFirst());
  }

  /** A source object says {@code collection}, or {@code class} in old words. */
  private static ObjectValue withCollection(Draft draft, ObjectValue source) {
    Value collection = source.has("collection") ? source.get("collection") : source.get("class");
    if (collection == null) {
      draft.fail(Invalid.missing(List.of("class")));
      return source;
    }
    ObjectValue.Builder normal = ObjectValue.builder().put("collection", collection);
    if (source.get("fields") != null) {
      normal.put("fields", source.get("fields"));
    }
    return normal.build();
  }

  /** Returns whether it is the wildcard. */
  private static boolean checkCollection(Draft draft, Value collection) {
    switch (collection) {
      case StringValue(String name) when name.equals(EVERY_COLLECTION) -> {
        return true;
      }
      case Ref ref when ref.collection() == SystemCollections.COLLECTION -> {
        if (ref.id() == SystemCollections.DATABASE) {
          draft.fail(Invalid.unreadable(SOURCE));
        }
      }
      default -> draft.fail(Invalid.type(SOURCE, collection, "SourceClass"));
    }
    return false;
  }

  /** Returns whether there are bindings. */
  private static boolean checkBindings(Draft draft, int source, Value fields, Set<String> used) {
    switch (fields) {
      case null -> {
        return false;
      }
      case ObjectValue bindings -> {
        int index = 0;
        for (Map.Entry<String, Value> binding : bindings) {
          checkBinding(draft, source, index++, binding.getKey(), binding.getValue(), used);
        }
        return !bindings.isEmpty();
      }
      case Value other -> {
        draft.fail(Invalid.type(List.of("fields"), other, "Query Map"));
        return false;
      }
    }
  }

  private static void checkBinding(
      Draft draft, int source, int index, String name, Value function, Set<String> used) {
    List<String> field =
        List.of("source", Integer.toString(source), "fields", Integer.toString(index), name);
    if (!(function instanceof LambdaValue lambda)) {
      draft.fail(Invalid.type(List.of("fields", name), function, "Query"));
    } else if (draft.call().evaluation().language().compile(lambda).effect() != Effect.PURE) {
      draft.fail(Invalid.impureBinding(field));
    } else if (!used.contains(name)) {
      draft.fail(Invalid.unusedBinding(field));
    }
  }
}
