package io.refugium.database.catalog;

import io.refugium.database.catalog.IndexDef.Component;
import io.refugium.database.catalog.IndexDef.Extractor;
import io.refugium.database.catalog.IndexDef.Language;
import io.refugium.database.catalog.IndexDef.Source;
import io.refugium.database.catalog.IndexDef.Status;
import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads index documents of FQL v4 (spec: fql4 10.1, 10.2). The language has validated them: what
 * does not fit here has no meaning and is passed over.
 */
final class IndexDocuments {
  private static final int DEFAULT_PARTITIONS_WITHOUT_TERMS = 8;

  private IndexDocuments() {}

  static IndexDef parse(Document document) {
    ObjectValue fields = document.fields();
    List<Component> terms = components(fields.get("terms"));
    return new IndexDef(
        document.ref().scope(),
        (int) document.ref().id(),
        Language.V4,
        CollectionDef.Fields.string(fields, "name"),
        sources(fields.get("source")),
        terms,
        components(fields.get("values")),
        isTrue(fields.get("unique"), false),
        isTrue(fields.get("serialized"), true),
        isTrue(fields.get("active"), false) ? Status.ACTIVE : Status.BUILDING,
        partitions(fields, terms),
        document);
  }

  private static int partitions(ObjectValue fields, List<Component> terms) {
    if (fields.get("partitions") instanceof LongValue(long partitions)) {
      return (int) partitions;
    }
    return terms.isEmpty() ? DEFAULT_PARTITIONS_WITHOUT_TERMS : 1;
  }

  static List<Source> sources(Value source) {
    List<Source> sources = new ArrayList<>();
    for (Value one : elements(source)) {
      Source parsed = source(one);
      if (parsed != null) {
        sources.add(parsed);
      }
    }
    return List.copyOf(sources);
  }

  private static Source source(Value source) {
    return switch (source) {
      case Ref collection -> new Source(false, Set.of((int) collection.id()), Map.of());
      case StringValue _ -> new Source(true, Set.of(), Map.of());
      case ObjectValue object -> withBindings(object);
      case null, default -> null;
    };
  }

  private static Source withBindings(ObjectValue object) {
    Value collections = object.has("collection") ? object.get("collection") : object.get("class");
    Set<Integer> ids = new LinkedHashSet<>();
    boolean every = false;
    for (Value collection : elements(collections)) {
      switch (collection) {
        case Ref ref -> ids.add((int) ref.id());
        case StringValue _ -> every = true;
        default -> {}
      }
    }
    Map<String, LambdaValue> bindings = new LinkedHashMap<>();
    ObjectValue fields = CollectionDef.Fields.object(object, "fields");
    for (int i = 0; i < fields.size(); i++) {
      if (fields.valueAt(i) instanceof LambdaValue function) {
        bindings.put(fields.nameAt(i), function);
      }
    }
    return new Source(every, Set.copyOf(ids), Map.copyOf(bindings));
  }

  private static List<Component> components(Value specifications) {
    List<Component> components = new ArrayList<>();
    for (Value specification : elements(specifications)) {
      if (specification instanceof ObjectValue fields) {
        components.add(
            new Component(
                extractor(fields),
                isTrue(fields.get("mva"), true),
                isTrue(fields.get("reverse"), false),
                fields.get("transform") instanceof StringValue(String name)
                    && name.equals("casefold")));
      }
    }
    return List.copyOf(components);
  }

  private static Extractor extractor(ObjectValue fields) {
    if (fields.get("binding") instanceof StringValue(String binding)) {
      return new Extractor.Binding(binding);
    }
    List<Object> steps = new ArrayList<>();
    for (Value step : elements(fields.get("field"))) {
      switch (step) {
        case StringValue(String name) -> steps.add(name);
        case LongValue(long index) -> steps.add(index);
        default -> {}
      }
    }
    return new Extractor.Path(List.copyOf(steps));
  }

  private static List<Value> elements(Value value) {
    return switch (value) {
      case null -> List.of();
      case ArrayValue array -> array.values();
      case NullValue _ -> List.of();
      default -> List.of(value);
    };
  }

  private static boolean isTrue(Value value, boolean otherwise) {
    return value instanceof BooleanValue flag ? flag.value() : otherwise;
  }
}
