package io.refugium.database.index;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FieldFunctions;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.catalog.IndexDef.Component;
import io.refugium.database.catalog.IndexDef.Extractor;
import io.refugium.database.catalog.IndexDef.Language;
import io.refugium.database.catalog.Migrations;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.BytesValue;
import io.refugium.model.Casefold;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which entries a document has in an index (spec: fql4 10.3 and 10.4, schema 6.2 and 6.3). Pure and
 * thread-safe as far as the functions of the languages are.
 */
public final class EntryExtractor {
  /**
   * What an entry costs at least beside its terms and values, in bytes, when its size is estimated.
   */
  private static final int ENTRY_OVERHEAD = 40;

  private static final List<Value> NOTHING = List.of(NullValue.NULL);

  private final FieldFunctions functions;

  public EntryExtractor(FieldFunctions functions) {
    this.functions = functions;
  }

  /**
   * The entries, each once.
   *
   * @param document null for none
   * @throws DatabaseException.TooLarge when they are more than a transaction can hold
   */
  public List<IndexEntry> entries(Catalog catalog, IndexDef index, Document document) {
    if (document == null) {
      return List.of();
    }
    IndexDef.Source source = index.sourceOf(document.ref().collection());
    if (source == null) {
      return List.of();
    }
    Document shaped = migrated(catalog, index, document);
    int terms = index.terms().size();
    List<List<Value>> alternatives = new ArrayList<>(terms + index.values().size());
    for (Component component : index.terms()) {
      alternatives.add(alternatives(catalog, index, source, component, shaped, true));
    }
    for (Component component : index.values()) {
      alternatives.add(alternatives(catalog, index, source, component, shaped, false));
    }
    requireModest(index, document, alternatives);
    List<IndexEntry> entries = new ArrayList<>(1);
    combine(index, alternatives, new ArrayList<>(alternatives.size()), entries);
    return entries;
  }

  @SuppressWarnings("ReferenceEquality") // the same object means that nothing changed
  private Document migrated(Catalog catalog, IndexDef index, Document document) {
    CollectionDef collection = catalog.collection(document.ref().collection());
    if (index.language() == Language.V4 || collection == null) {
      return document;
    }
    ObjectValue fields = new Migrations(functions).pending(catalog, collection, document.fields());
    return fields == document.fields()
        ? document
        : new Document(document.ref(), document.ts(), fields);
  }

  private static void combine(
      IndexDef index,
      List<List<Value>> alternatives,
      List<Value> chosen,
      List<IndexEntry> entries) {
    if (chosen.size() == alternatives.size()) {
      int terms = index.terms().size();
      IndexEntry entry =
          new IndexEntry(
              List.copyOf(chosen.subList(0, terms)),
              List.copyOf(chosen.subList(terms, chosen.size())));
      if (isIndexed(index, entry)) {
        entries.add(entry);
      }
      return;
    }
    for (Value value : alternatives.get(chosen.size())) {
      chosen.addLast(value);
      combine(index, alternatives, chosen, entries);
      chosen.removeLast();
    }
  }

  private static boolean isIndexed(IndexDef index, IndexEntry entry) {
    return !areAllNull(entry.terms())
        && !(index.language() == Language.V4 && areAllNull(entry.values()));
  }

  /** Whether there are values and none says anything. */
  private static boolean areAllNull(List<Value> values) {
    return !values.isEmpty() && values.stream().allMatch(value -> value == NullValue.NULL);
  }

  private List<Value> alternatives(
      Catalog catalog,
      IndexDef index,
      IndexDef.Source source,
      Component component,
      Document document,
      boolean isTerm) {
    List<Value> found = new ArrayList<>(1);
    switch (component.extractor()) {
      case Extractor.Path(List<Object> steps) ->
          atPath(index.language(), component, steps, document, isTerm, found);
      case Extractor.Binding(String name) ->
          bound(catalog, source.bindings().get(name), document, found);
      case Extractor.Computed(String field, List<Object> steps) -> {
        CollectionDef collection = catalog.collection(document.ref().collection());
        Value computed =
            collection == null
                ? null
                : functions.computedField(catalog, collection, field, document);
        v10(component, FieldPath.inside(Language.V10, computed, steps), found);
      }
    }
    if (component.casefold()) {
      found.replaceAll(
          value ->
              value instanceof StringValue(String text) ? new StringValue(casefold(text)) : value);
    }
    if (found.isEmpty()) {
      return NOTHING;
    }
    return found.size() == 1 ? found : List.copyOf(new LinkedHashSet<>(found));
  }

  private static void atPath(
      Language language,
      Component component,
      List<Object> steps,
      Document document,
      boolean isTerm,
      List<Value> found) {
    if (language == Language.V10) {
      v10(component, FieldPath.single(language, document, steps), found);
      return;
    }
    if (isTerm && steps.equals(List.of("ts"))) {
      return; // a quirk of FQL v4: documents are found under null
    }
    if (component.mva()) {
      for (Value value : FieldPath.all(document, steps)) {
        found.add(isScalar(value) ? value : NullValue.NULL);
      }
    } else {
      Value value = FieldPath.single(language, document, steps);
      if (value != null) {
        found.add(value instanceof LambdaValue ? NullValue.NULL : value);
      }
    }
  }

  private static void v10(Component component, Value value, List<Value> found) {
    if (!component.mva()) {
      if (value != null) {
        found.add(value instanceof LambdaValue ? NullValue.NULL : value);
      }
      return;
    }
    List<Value> flat = new ArrayList<>();
    FieldPath.flatten(value, flat);
    boolean inArray = value instanceof ArrayValue;
    for (Value element : flat) {
      if (!inArray || isScalar(element)) {
        found.add(element);
      }
    }
  }

  private void bound(Catalog catalog, LambdaValue function, Document document, List<Value> found) {
    Value result = function == null ? null : functions.binding(catalog, function, document);
    if (result instanceof ArrayValue array) {
      array.values().forEach(element -> found.add(isScalar(element) ? element : NullValue.NULL));
    } else if (result != null && isScalar(result)) {
      found.add(result);
    }
  }

  private static boolean isScalar(Value value) {
    return !(value instanceof ObjectValue
        || value instanceof ArrayValue
        || value instanceof LambdaValue);
  }

  private static String casefold(String text) {
    return Casefold.nfkc(text);
  }

  private static void requireModest(
      IndexDef index, Document document, List<List<Value>> alternatives) {
    double count = 1;
    double bytes = ENTRY_OVERHEAD;
    for (List<Value> values : alternatives) {
      count *= values.size();
      double sum = 0;
      for (Value value : values) {
        sum += estimatedBytes(value);
      }
      bytes += sum / values.size();
    }
    if (count > 1 && count * bytes > Limits.TRANSACTION_BYTES) {
      throw DatabaseException.TooLarge.entries(document.ref(), index, (long) (count * bytes));
    }
  }

  private static long estimatedBytes(Value value) {
    return switch (value) {
      case StringValue(String text) -> text.length();
      case BytesValue(byte[] bytes) -> bytes.length;
      default -> Long.BYTES;
    };
  }

  /** The entry as it is once the commit time is known. */
  public static IndexEntry at(IndexEntry entry, long commitTime) {
    return new IndexEntry(
        resolved(entry.terms(), commitTime), resolved(entry.values(), commitTime));
  }

  private static List<Value> resolved(List<Value> values, long commitTime) {
    return values.stream().map(value -> TransactionTime.resolve(value, commitTime)).toList();
  }

  /** Whether an entry holds the time of the running transaction. */
  public static boolean needsCommitTime(IndexEntry entry) {
    return holdsTransactionTime(entry.terms()) || holdsTransactionTime(entry.values());
  }

  private static boolean holdsTransactionTime(List<Value> values) {
    for (Value value : values) {
      boolean mayHold =
          value instanceof TransactionTime
              || value instanceof ArrayValue
              || value instanceof ObjectValue;
      if (mayHold && !TransactionTime.resolve(value, 0).equals(value)) {
        return true;
      }
    }
    return false;
  }
}
