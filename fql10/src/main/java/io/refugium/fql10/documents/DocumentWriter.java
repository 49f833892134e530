package io.refugium.fql10.documents;

import io.refugium.access.AccessException;
import io.refugium.access.Change;
import io.refugium.access.Preparation;
import io.refugium.access.Session;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FieldPaths;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StoredNames;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes documents of the user's collections (schema specification, section 4.5). The steps and
 * their order are those of the specification: what is refused first decides the error.
 */
final class DocumentWriter {
  /** Fields of these names are no data, or may not be written. */
  private static final StoredNames SPECIAL = new StoredNames(FieldNames.HIDDEN);

  private final QueryContext context;
  private final StoredDocuments documents;
  private final Session session;

  DocumentWriter(QueryContext context) {
    this.context = context;
    this.documents = StoredDocuments.of(context);
    this.session = documents.session();
  }

  // ---------------------------------------------------------------- create

  Value create(CollectionDef collection, ObjectValue given) {
    requirePresent();
    String failure = DocumentErrors.failedToCreate(collection.name());
    List<ConstraintFailure> failures = new ArrayList<>();
    refuseComputed(collection, given, failures);
    Optional<Long> id = ChosenId.of(given, failures);
    failIfAny(failure, failures);
    ObjectValue stored = Storable.fields(given.without(FieldNames.ID));
    FieldsOf fields = split(stored, failures);
    ObjectValue contents = fields.contents(collection, session.snapshotTime());
    Preparation preparation =
        ref -> {
          failIfAny(failure, failures);
          return prepared(collection, fields, failure);
        };
    return created(collection, contents, preparation, id);
  }

  Value createData(CollectionDef collection, ObjectValue given) {
    requirePresent();
    String failure = DocumentErrors.failedToCreate(collection.name());
    FieldsOf fields = new FieldsOf(Storable.fields(given), Optional.empty());
    return created(
        collection,
        fields.contents(collection, session.snapshotTime()),
        ref -> prepared(collection, fields, failure),
        Optional.empty());
  }

  private ObjectValue prepared(CollectionDef collection, FieldsOf fields, String failure) {
    requireNoDefinitionChange(collection.id());
    ObjectValue data =
        FieldSchema.of(collection, documents.schema())
            .complete(context, fields.data(), fields.mistyped(), failure);
    return fields.contents(data, collection, session.snapshotTime());
  }

  private Value created(
      CollectionDef collection, ObjectValue contents, Preparation preparation, Optional<Long> id) {
    return translated(
        collection,
        () -> {
          Document document =
              id.isPresent()
                  ? session
                      .v10()
                      .createWithId(
                          new Ref(collection.scope(), collection.id(), id.get()),
                          contents,
                          preparation)
                  : session.v10().create(collection.id(), contents, preparation);
          documents.written();
          CheckConstraints.check(
              context,
              documents,
              collection,
              document.ref(),
              DocumentErrors.failedToCreate(collection.name()));
          return document.ref();
        });
  }

  // ---------------------------------------------------------------- change

  Value update(Value document, ObjectValue patch) {
    return change(document, patch, false, false);
  }

  Value replace(Value document, ObjectValue fields) {
    return change(document, fields, true, false);
  }

  Value updateData(Value document, ObjectValue patch) {
    return change(document, patch, false, true);
  }

  Value replaceData(Value document, ObjectValue fields) {
    return change(document, fields, true, true);
  }

  private Value change(Value document, ObjectValue given, boolean replacing, boolean dataOnly) {
    requirePresent(document);
    Ref ref = documents.refOf(document);
    CollectionDef collection = collection(ref);
    String failure = DocumentErrors.failedTo("update", documents.reference(document));
    return translated(
        collection,
        () -> {
          session
              .v10()
              .write(
                  ref,
                  before ->
                      change(collection, before, new Wanted(given, replacing, dataOnly, failure)));
          documents.written();
          CheckConstraints.check(context, documents, collection, ref, failure);
          return document;
        });
  }

  /** What a write of an existing document asks for. */
  private record Wanted(ObjectValue given, boolean replacing, boolean dataOnly, String failure) {}

  private Change change(CollectionDef collection, Document before, Wanted wanted) {
    List<ConstraintFailure> failures = new ArrayList<>();
    ObjectValue stored = Storable.fields(wanted.given());
    if (!wanted.dataOnly()) {
      refuseComputed(collection, stored, failures);
      failIfAny(wanted.failure(), failures);
      if (stored.has(FieldNames.ID)) {
        failures.add(reserved(FieldNames.ID));
      }
    }
    FieldsOf fields =
        wanted.dataOnly()
            ? new FieldsOf(stored, Optional.empty())
            : split(stored.without(FieldNames.ID), failures);
    ObjectValue after =
        wanted.replacing()
            ? replaced(collection, before, fields)
            : updated(collection, before, fields);
    Preparation preparation =
        ref -> {
          failIfAny(wanted.failure(), failures);
          requireNoDefinitionChange(collection.id());
          return validated(collection, after, fields, wanted);
        };
    return Change.exactly(after, preparation);
  }

  private ObjectValue validated(
      CollectionDef collection, ObjectValue after, FieldsOf fields, Wanted wanted) {
    FieldSchema schema = FieldSchema.of(collection, documents.schema());
    ObjectValue data =
        wanted.replacing()
            ? schema.complete(context, fields.data(), fields.mistyped(), wanted.failure())
            : schema.check(Storable.data(after), fields.mistyped(), wanted.failure());
    return Storable.withData(after, data);
  }

  private ObjectValue updated(CollectionDef collection, Document before, FieldsOf fields) {
    ObjectValue after =
        Storable.withData(before.fields(), Storable.merge(before.data(), fields.data()));
    return withTtl(collection, after, fields);
  }

  private ObjectValue replaced(CollectionDef collection, Document before, FieldsOf fields) {
    ObjectValue after =
        Storable.withData(before.fields(), Storable.withoutNulls(fields.data()))
            .without(FieldNames.TTL);
    return withTtl(collection, after, fields);
  }

  /** Whoever names no time to live gets that of the collection anew, if it has one. */
  private ObjectValue withTtl(CollectionDef collection, ObjectValue after, FieldsOf fields) {
    Value ttl = fields.expiry(collection, session.snapshotTime());
    boolean named = fields.ttl().isPresent();
    return named || ttl != NullValue.NULL ? withTtl(after, ttl) : after;
  }

  private static ObjectValue withTtl(ObjectValue fields, Value ttl) {
    return ttl == NullValue.NULL
        ? fields.without(FieldNames.TTL)
        : fields.with(FieldNames.TTL, ttl);
  }

  // ---------------------------------------------------------------- delete

  Value delete(Value document) {
    requirePresent(document);
    Ref ref = documents.refOf(document);
    CollectionDef collection = collection(ref);
    return translated(
        collection,
        () -> {
          requireNoDefinitionChange(ref.collection());
          session.v10().delete(ref);
          documents.written();
          return DocumentValue.at(ref, QueryContext.NOW).asDeleted();
        });
  }

  // ---------------------------------------------------------------- common

  private void requirePresent() {
    if (context.readTime() != QueryContext.NOW) {
      throw Errors.writeInThePast();
    }
  }

  private void requirePresent(Value document) {
    requirePresent();
    if (document instanceof DocumentValue value && value.readTime() != QueryContext.NOW) {
      throw Errors.writeInThePast();
    }
  }

  private CollectionDef collection(Ref ref) {
    CollectionDef collection = session.catalog().collection(ref.collection());
    if (collection == null) {
      throw QueryFailure.of(
          ErrorCode.DOCUMENT_NOT_FOUND, DocumentErrors.deletedCollectionText(ref.id()));
    }
    return collection;
  }

  private void requireNoDefinitionChange(int collection) {
    if (session.wroteDefinitionOf(collection)) {
      throw DocumentErrors.definitionAndDocument();
    }
  }

  private void refuseComputed(
      CollectionDef collection, ObjectValue given, List<ConstraintFailure> failures) {
    for (Map.Entry<String, Value> field : given) {
      if (collection.computedFields().has(field.getKey())) {
        failures.add(ConstraintFailure.of(field.getKey(), "Cannot write to a computed field"));
      }
    }
  }

  /**
   * The fields of a write, by where they are stored.
   *
   * @param ttl empty if not given, {@link NullValue} to remove it
   */
  private record FieldsOf(ObjectValue data, Optional<Value> ttl) {

    /** The top level fields of a new document. */
    ObjectValue contents(CollectionDef collection, long now) {
      return contents(Storable.withoutNulls(data), collection, now);
    }

    /** The same with other data, which has no nulls. */
    ObjectValue contents(ObjectValue complete, CollectionDef collection, long now) {
      ObjectValue fields = Storable.withData(ObjectValue.EMPTY, complete);
      Value expiry = expiry(collection, now);
      return expiry == NullValue.NULL ? fields : fields.with(FieldNames.TTL, expiry);
    }

    /** The time to live as given or by default; {@link NullValue} for none. */
    Value expiry(CollectionDef collection, long now) {
      return ttl.orElseGet(() -> defaultTtl(collection, now));
    }

    /**
     * What is wrong with the type of the time to live, as the first of what is wrong with types.
     */
    List<ConstraintFailure> mistyped() {
      boolean fine =
          ttl.isEmpty()
              || ttl.get() instanceof TimeValue
              || ttl.get() == TransactionTime.TIME
              || ttl.get() == NullValue.NULL;
      return fine
          ? List.of()
          : List.of(
              ConstraintFailure.of(
                  FieldNames.TTL,
                  "Expected Time | Null, provided " + ProvidedTypes.describe(ttl.get())));
    }

    private static Value defaultTtl(CollectionDef collection, long now) {
      Long days = collection.ttlDays();
      return days == null
          ? NullValue.NULL
          : new TimeValue(TimeValue.ofMicros(now).value().plusSeconds(days * 86_400L));
    }
  }

  private static FieldsOf split(ObjectValue stored, List<ConstraintFailure> failures) {
    if (!SPECIAL.occurIn(stored)) {
      return new FieldsOf(stored, Optional.empty());
    }
    ObjectValue.Builder data = ObjectValue.builder();
    Optional<Value> ttl = Optional.empty();
    for (Map.Entry<String, Value> field : stored) {
      String name = field.getKey();
      Value value = field.getValue();
      if (name.equals(FieldNames.TTL)) {
        ttl = Optional.of(value);
      } else if (!FieldNames.RESERVED.contains(name)) {
        data.put(name, value);
      } else if (!name.equals(FieldNames.DATA)) {
        failures.add(reserved(name));
      }
    }
    if (stored.has(FieldNames.DATA) && stored.get(FieldNames.DATA) != NullValue.NULL) {
      failures.add(reserved(FieldNames.DATA));
    }
    return new FieldsOf(data.build(), ttl);
  }

  private static ConstraintFailure reserved(String name) {
    return ConstraintFailure.of(name, "Is a reserved field and cannot be used");
  }

  private static void failIfAny(String message, List<ConstraintFailure> failures) {
    if (!failures.isEmpty()) {
      throw QueryFailure.constraint(message, failures);
    }
  }

  private Value translated(CollectionDef collection, Supplier<Value> write) {
    try {
      return ForeignWrites.checked(write);
    } catch (AccessException.Denied denied) {
      throw Errors.permissionDenied();
    } catch (AccessException.WriteRefused refused) {
      throw Errors.permissionDenied();
    } catch (AccessException.Missing missing) {
      throw DocumentErrors.notFound(reference(collection, missing.ref()));
    } catch (DatabaseException.AlreadyExists exists) {
      throw DocumentErrors.idExists(collection.name(), exists.existing().id());
    } catch (DatabaseException.NotUnique notUnique) {
      throw notUnique(collection, notUnique.indexes());
    }
  }

  private static Documents.Reference reference(CollectionDef collection, Ref ref) {
    return new Documents.Reference(collection.name(), false, Long.toString(ref.id()));
  }

  private static QueryFailure notUnique(CollectionDef collection, List<IndexDef> indexes) {
    List<ConstraintFailure> failures = new ArrayList<>();
    for (IndexDef index : indexes) {
      failures.add(notUnique(collection, index));
    }
    return QueryFailure.constraint("Failed unique constraint.", failures);
  }

  /** A constraint of the collection is told by its fields, an index of FQL v4 by its name. */
  private static ConstraintFailure notUnique(CollectionDef collection, IndexDef index) {
    String message = "Failed unique constraint";
    return collection.uniqueConstraints().stream()
        .filter(constraint -> constraint.backing().id() == index.id())
        .findFirst()
        .map(constraint -> constraint.paths().stream().map(FieldPaths::parse).toList())
        .map(paths -> new ConstraintFailure(paths, message))
        .orElseGet(() -> new ConstraintFailure(List.of(), index.name(), message));
  }
}
