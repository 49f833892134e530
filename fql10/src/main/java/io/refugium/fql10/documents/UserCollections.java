package io.refugium.fql10.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The modules of the user's collections (library specification, section 15). */
final class UserCollections {
  private static final String RANGE = "range: { from: Any } | { to: Any } | { from: Any, to: Any }";

  private UserCollections() {}

  /**
   * The module of a collection.
   *
   * @param name the name or alias by which it is reached
   */
  static Module module(CollectionDef collection, String name) {
    int id = collection.id();
    return Module.collection(
        name,
        id,
        members(collection, name),
        Optional.of(
            Method.of(
                "apply(id: ID) => Ref<%s>".formatted(name),
                Effect.PURE,
                "The document with an id, which need not exist.",
                (c, s, a) -> reference(c.context(), collection, a[0]))),
        (context, value) ->
            Kind.of(value) == Kind.DOCUMENT && StoredDocuments.collectionOf(value) == id);
  }

  private static Members members(CollectionDef collection, String name) {
    Members.Builder members = Members.builder();
    CollectionMembers.declare(members, collection.id(), name, name);
    members
        .method(
            Effect.READ,
            "byId(id: ID) => Ref<%s>".formatted(name),
            "The document with an id, which need not exist.",
            (c, s, a) -> reference(c.context(), collection, a[0]))
        .method(
            Effect.WRITE,
            "create(data: Struct) => %s".formatted(name),
            "Makes a document.",
            (c, s, a) -> new DocumentWriter(c.context()).create(collection, (ObjectValue) a[0]))
        .method(
            Effect.WRITE,
            "createData(data: Struct) => %s".formatted(name),
            "Makes a document of which every given field is data.",
            (c, s, a) -> new DocumentWriter(c.context()).createData(collection, (ObjectValue) a[0]))
        .property(
            "definition: CollectionDef",
            "The document that defines the collection.",
            (context, self) -> collection.document().ref());
    collection.namedIndexes().values().forEach(index -> declare(members, collection, index, name));
    return members.build();
  }

  private static Value reference(QueryContext context, CollectionDef collection, Value id) {
    Ref ref = new Ref(collection.scope(), collection.id(), ((IdValue) id).value());
    return context.readTime() == QueryContext.NOW ? ref : DocumentValue.at(ref, context.readTime());
  }

  private static void declare(
      Members.Builder members,
      CollectionDef collection,
      CollectionDef.NamedIndex index,
      String type) {
    int terms = index.backing().terms().size();
    List<String> parameters =
        new ArrayList<>(
            IntStream.rangeClosed(1, terms).mapToObj(i -> "term" + i + ": Any").toList());
    String doc = "The documents that the index finds.";
    members.method(
        notation(index.name(), parameters, type),
        doc,
        (c, s, a) -> lookUp(c, collection, index, a, terms));
    parameters.add(RANGE);
    members.method(
        notation(index.name(), parameters, type),
        doc,
        (c, s, a) -> lookUp(c, collection, index, a, terms));
  }

  private static String notation(String index, List<String> parameters, String type) {
    return parameters.stream()
        .collect(Collectors.joining(", ", index + "(", ") => Set<" + type + ">"));
  }

  private static Value lookUp(
      Call call,
      CollectionDef collection,
      CollectionDef.NamedIndex index,
      Value[] arguments,
      int count) {
    QueryContext context = call.context();
    if (!index.queryable()) {
      throw DocumentErrors.indexNotQueryable(collection.name(), index.name());
    }
    List<Value> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value term = Storable.orNull(arguments[i]);
      if (term == null) {
        throw Errors.invalidArgument("term" + (i + 1), "Argument cannot be used as lookup term");
      }
      terms.add(term);
    }
    List<Value> from = null;
    List<Value> to = null;
    if (arguments.length > count) {
      ObjectValue range = Ranges.range(arguments[count]);
      from = Ranges.bound(context, range, true, collection, index.backing());
      to = Ranges.bound(context, range, false, collection, index.backing());
    }
    return new IndexSet(collection, index, terms, from, to, false, context.readTime(), call.span());
  }
}
