package io.refugium.fsl;

import io.refugium.access.Session;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.documents.SchemaDocuments;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.schema.DocumentItems;
import io.refugium.fql10.schema.SchemaChecker;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.source.Source;
import io.refugium.fsl.parse.FslParser;
import io.refugium.fsl.parse.ParsedFile;
import io.refugium.fsl.print.ItemDocuments;
import io.refugium.fsl.print.ItemPrinter;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes files the schema of a database: writes, replaces and deletes schema documents so that they
 * say what the files say. Runs inside one transaction; what is wrong ends it.
 */
public final class SchemaPush {
  private final Session session;
  private final SchemaDocuments documents;
  private final Map<String, String> files;
  private final List<ParsedFile> parsed;

  /**
   * A push.
   *
   * @param submitted the files by name
   * @param override whether files that are not submitted go
   */
  public SchemaPush(
      Session session, SchemaDocuments documents, Map<String, String> submitted, boolean override) {
    this.session = session;
    this.documents = documents;
    this.files = new LinkedHashMap<>();
    if (!override) {
      files.putAll(SourceFiles.current(session));
    }
    submitted.forEach(
        (name, text) -> {
          files.remove(name);
          if (!text.isBlank()) {
            files.put(name, text);
          }
        });
    this.parsed = parse(submitted);
  }

  private List<ParsedFile> parse(Map<String, String> submitted) {
    List<ParsedFile> all = new ArrayList<>();
    Map<String, String> ordered = new LinkedHashMap<>(submitted);
    files.forEach(ordered::putIfAbsent);
    ordered.forEach((name, text) -> all.add(FslParser.parse(Source.named(name, text))));
    return all;
  }

  /**
   * The items of the complete schema.
   *
   * @throws SchemaFailure if files do not parse or define something twice
   */
  public List<SchemaItem> items() {
    var errors = parsed.stream().flatMap(file -> file.errors().stream()).toList();
    if (!errors.isEmpty()) {
      throw SchemaFailure.of(errors);
    }
    refuseDuplicates();
    return parsed.stream().flatMap(file -> file.items().stream()).toList();
  }

  private void refuseDuplicates() {
    Map<String, String> seen = new HashMap<>();
    List<String> duplicates = new ArrayList<>();
    for (ParsedFile file : parsed) {
      for (SchemaItem item : file.items()) {
        List<String> names = new ArrayList<>(List.of(item.name().text()));
        item.alias().ifPresent(alias -> names.add(alias.text()));
        for (String name : names) {
          String known = seen.putIfAbsent(kind(item) + " " + name, file.source().name());
          if (known != null) {
            duplicates.add(
                "Duplicate %s `%s` in %s (originally seen in %s)"
                    .formatted(kind(item), name, file.source().name(), known));
          }
        }
      }
    }
    if (!duplicates.isEmpty()) {
      throw new SchemaFailure(400, String.join("\n", duplicates));
    }
  }

  private static String kind(SchemaItem item) {
    return switch (item) {
      case CollectionItem _, FunctionItem _ -> "collection or function";
      case RoleItem _ -> "role";
      case AccessProviderItem _ -> "access provider";
    };
  }

  /** Why a document was refused that the files ask for, if one was. */
  Optional<QueryFailure> refusal() {
    return documents.refusal();
  }

  /** The complete files that this push makes the schema. */
  Map<String, String> files() {
    return files;
  }

  /**
   * Gives the document of an item another name before anything else is written; documents that name
   * it follow.
   *
   * @throws SchemaFailure if the text of another item names it, which does not follow
   */
  void rename(SchemaItem before, SchemaItem after) {
    List<Diagnostic> errors = new ArrayList<>();
    for (ParsedFile file : parsed) {
      for (SchemaItem item : file.items()) {
        errors.addAll(OldNames.in(item, before));
      }
    }
    if (!errors.isEmpty()) {
      throw SchemaFailure.of(errors);
    }
    Ref document = existing(before);
    documents.replace(
        document, withMetadata(document, ItemDocuments.of(after)), after.name().span());
  }

  /** Writes the documents and the files. Documents that are {@link #refusal refused} are not. */
  public void apply() {
    List<SchemaItem> items = items();
    List<Diagnostic> builtIn = SchemaChecker.builtInRoles(items, session.latestCatalog());
    if (!builtIn.isEmpty()) {
      throw SchemaFailure.of(builtIn);
    }
    Map<SourceFiles.Key, SchemaItem> known = new LinkedHashMap<>();
    DocumentItems.of(session.latestCatalog())
        .forEach(item -> known.put(SourceFiles.Key.of(item), item));
    Map<SourceFiles.Key, SchemaItem> wanted = new LinkedHashMap<>();
    items.forEach(item -> wanted.put(SourceFiles.Key.of(item), item));
    List<SchemaItem> removed =
        known.entrySet().stream()
            .filter(entry -> !wanted.containsKey(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    // Functions and access providers name roles, functions share the names of collections: roles
    // come first and go last.
    removed.stream().filter(item -> !(item instanceof RoleItem)).forEach(this::delete);
    write(items, known, RoleItem.class);
    write(items, known, CollectionItem.class);
    write(items, known, FunctionItem.class);
    write(items, known, AccessProviderItem.class);
    removed.stream().filter(RoleItem.class::isInstance).forEach(this::delete);
    session.schemaFiles().store(files);
  }

  private void write(
      List<SchemaItem> items,
      Map<SourceFiles.Key, SchemaItem> known,
      Class<? extends SchemaItem> kind) {
    for (SchemaItem item : items) {
      if (kind.isInstance(item)) {
        write(item, known.get(SourceFiles.Key.of(item)));
      }
    }
  }

  private void write(SchemaItem item, SchemaItem before) {
    if (before != null && ItemPrinter.print(before).equals(ItemPrinter.print(item))) {
      return;
    }
    int collection = ItemDocuments.collectionOf(item);
    ObjectValue fields = ItemDocuments.of(item);
    Ref existing = existing(item);
    if (existing == null) {
      documents.create(former(item), collection, fields, item.name().span());
    } else {
      documents.replace(existing, withMetadata(existing, fields), item.name().span());
    }
  }

  private Ref existing(SchemaItem item) {
    return session.byName(session.scope(), ItemDocuments.collectionOf(item), item.name().text());
  }

  /**
   * What the schema in force has under the name of an item. The staged one may have lost it; if it
   * comes back, it is the same and has its documents.
   */
  private Optional<Ref> former(SchemaItem item) {
    return session.schemaStage().isStaged()
        ? Optional.ofNullable(
            session.catalog().byName(ItemDocuments.collectionOf(item), item.name().text()))
        : Optional.empty();
  }

  /** Files do not say the metadata of a document; a push leaves it alone. */
  private ObjectValue withMetadata(Ref document, ObjectValue fields) {
    var definition = session.pendingCatalog().definition(document);
    return definition != null && definition.document().get("data") instanceof ObjectValue data
        ? fields.with("data", data)
        : fields;
  }

  private void delete(SchemaItem item) {
    Ref existing = existing(item);
    if (existing != null) {
      documents.delete(existing, item.name().span());
    }
  }
}
