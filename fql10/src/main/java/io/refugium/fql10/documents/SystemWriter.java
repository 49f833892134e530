package io.refugium.fql10.documents;

import io.refugium.access.AccessException;
import io.refugium.access.Change;
import io.refugium.access.Preparation;
import io.refugium.access.Secrets;
import io.refugium.access.Session;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.Text;
import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
import io.refugium.model.GlobalId;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes documents of native collections: schema, keys, tokens, credentials (schema specification,
 * sections 2 and 3; library specification, section 17).
 */
final class SystemWriter {
  private static final String SECRET = "secret";
  private static final String HASHED_SECRET = "hashed_secret";
  private static final String PASSWORD = "password";
  private static final String HASHED_PASSWORD = "hashed_password";

  /** What is not checked when it stays as it is: set by nobody, or written in FQL v4. */
  private static final Set<String> MAY_STAY =
      Set.of("audience", "global_id", "privileges", "membership", "roles", "role", "database");

  private final Call call;
  private final StoredDocuments documents;
  private final Session session;
  private final Consumer<QueryFailure> refusals;

  SystemWriter(Call call) {
    this(
        call,
        failure -> {
          throw failure;
        });
  }

  /**
   * @param refusals told that a document must not be as it is wanted; unless they end it, the write
   *     goes on with what is harmless of the document
   */
  SystemWriter(Call call, Consumer<QueryFailure> refusals) {
    this.call = call;
    this.refusals = refusals;
    this.documents = StoredDocuments.of(call.context());
    this.session = documents.session();
  }

  // ---------------------------------------------------------------- create

  Value create(int collection, ObjectValue given) {
    List<ConstraintFailure> failures = new ArrayList<>();
    requirePresent(call.context());
    Optional<Long> id = chosenId(collection, given, failures);
    SchemaRules.failIfAny(failedToCreate(collection), failures);
    return create(collection, given, id);
  }

  private static String failedToCreate(int collection) {
    return "Failed to create " + SystemDocuments.nameOf(collection) + ".";
  }

  /**
   * @param id that of the document; if empty, a new one
   */
  Value create(int collection, ObjectValue given, Optional<Long> id) {
    requirePresent(call.context());
    String failure = failedToCreate(collection);
    ObjectValue stored = Storable.object(given.without(FieldNames.ID));
    ObjectValue contents = Storable.withoutNulls(stored);
    return translated(
        collection,
        () ->
            created(
                collection,
                id,
                shape(collection, contents),
                () -> {
                  List<ConstraintFailure> failures = new ArrayList<>();
                  SystemTypes.check(collection, stored, failures);
                  checkRules(collection, stored, null, failures);
                  ObjectValue accepted = accepted(collection, contents, failure, failures);
                  return stored(collection, accepted, null);
                }));
  }

  /** The fields of a document if nothing is wrong with them, else what is harmless of them. */
  private ObjectValue accepted(
      int collection, ObjectValue fields, String failure, List<ConstraintFailure> failures) {
    if (failures.isEmpty()) {
      return fields;
    }
    refusals.accept(QueryFailure.constraint(failure, failures));
    return switch (collection) {
      case SystemCollections.COLLECTION ->
          fields
              .without("indexes")
              .without("constraints")
              .without("history_days")
              .without("ttl_days");
      case SystemCollections.FUNCTION -> fields.without("role");
      default -> fields;
    };
  }

  private void checkRules(
      int collection, ObjectValue fields, Document before, List<ConstraintFailure> failures) {
    new SchemaRules(session, collection, before).check(fields, failures);
    if (collection == SystemCollections.COLLECTION) {
      DefaultValues.checkDefinition(call.context(), documents.schema(), fields, failures);
    }
  }

  /** The fields under the names by which they are stored, for predicates. */
  private static ObjectValue shape(int collection, ObjectValue fields) {
    boolean ofDocument =
        collection == SystemCollections.TOKEN || collection == SystemCollections.CREDENTIAL;
    return ofDocument && fields.has("document")
        ? fields.without("document").without(PASSWORD).with("instance", fields.get("document"))
        : fields;
  }

  /** Keys, tokens and credentials may be given an id; schema documents go by their name. */
  private Optional<Long> chosenId(
      int collection, ObjectValue given, List<ConstraintFailure> failures) {
    if (SystemDocuments.isNamed(collection) && given.get(FieldNames.ID) instanceof Value id) {
      throw DocumentErrors.invalidDocumentId(
          SystemDocuments.nameOf(collection), Text.display(call.context(), id));
    }
    return ChosenId.of(given, failures);
  }

  private Value created(
      int collection, Optional<Long> id, ObjectValue contents, Supplier<ObjectValue> checked) {
    String[] secret = new String[1];
    Preparation preparation =
        ref -> {
          ObjectValue fields = checked.get();
          Secrets.Issued issued = issue(ref);
          if (issued == null) {
            return fields;
          }
          secret[0] = issued.text();
          return fields.with(HASHED_SECRET, new StringValue(issued.hash()));
        };
    Document document =
        id.isPresent()
            ? session
                .v10()
                .createWithId(new Ref(session.scope(), collection, id.get()), contents, preparation)
            : session.v10().create(collection, contents, preparation);
    wrote(document.ref());
    return secret[0] == null ? document.ref() : withSecret(call, document, secret[0]);
  }

  private Secrets.Issued issue(Ref ref) {
    return switch (ref.collection()) {
      case SystemCollections.KEY -> session.secrets().forKey(ref);
      case SystemCollections.TOKEN -> session.secrets().forToken(ref);
      default -> null;
    };
  }

  /** The document as it is shown once, with the secret that is never shown again. */
  static Value withSecret(Call call, Document document, String secret) {
    StoredDocuments documents = StoredDocuments.of(call.context());
    ObjectValue.Builder fields = ObjectValue.builder();
    for (Map.Entry<String, Value> field :
        documents.schema().systemDocuments().fields(documents.session(), document)) {
      fields.put(field.getKey(), field.getValue());
    }
    fields.put(SECRET, new StringValue(secret));
    return DocumentValue.frozen(document.ref(), fields.build());
  }

  // ---------------------------------------------------------------- change

  Value change(Value document, ObjectValue given, boolean replacing) {
    requirePresent(call.context());
    Documents.Reference reference = documents.reference(document);
    int collection = StoredDocuments.collectionOf(document);
    String failure = failedTo("update", reference);
    Ref ref = documents.refOf(document);
    if (ref == null) {
      throw DocumentErrors.notFound(reference);
    }
    requireNoDocuments(ref);
    return translated(
        collection,
        () -> {
          session.v10().write(ref, before -> change(before, given, replacing, failure));
          wrote(ref);
          return shown(document, ref);
        });
  }

  // What a secret was made with shows no later changes, but for a token that is replaced.
  private Value shown(Value document, Ref ref) {
    if (!(document instanceof DocumentValue value) || value.frozen() == null) {
      return ref;
    }
    Document now = documents.read(call.context(), ref);
    boolean token = ref.collection() == SystemCollections.TOKEN && now != null;
    return token && value.frozen().get(SECRET) instanceof StringValue(String secret)
        ? withSecret(call, now, secret)
        : document;
  }

  private Change change(Document before, ObjectValue given, boolean replacing, String failure) {
    int collection = before.ref().collection();
    ObjectValue patch = Storable.object(given);
    ObjectValue shown = writable(before);
    ObjectValue wanted = replacing ? Storable.withoutNulls(patch) : Storable.merge(shown, patch);
    ObjectValue checked = replacing ? patch : withNullsOf(wanted, patch);
    return Change.exactly(
        shape(collection, wanted),
        ref -> {
          List<ConstraintFailure> failures = new ArrayList<>();
          SystemTypes.check(collection, checked, failures);
          failures.removeIf(failed -> mayStay(failed, before, checked));
          checkRules(collection, wanted, before, failures);
          ObjectValue after =
              stored(collection, accepted(collection, wanted, failure, failures), before);
          List<ConstraintFailure> forbidden = new ArrayList<>();
          new Protection(session).checkChange(before, given, after, forbidden);
          return accepted(collection, after, failure, forbidden);
        });
  }

  // A required field that is removed is reported as missing.
  private static ObjectValue withNullsOf(ObjectValue wanted, ObjectValue patch) {
    ObjectValue.Builder fields = wanted.toBuilder();
    for (Map.Entry<String, Value> field : patch) {
      if (!wanted.has(field.getKey())) {
        fields.put(field.getKey(), field.getValue());
      }
    }
    return fields.build();
  }

  private boolean mayStay(ConstraintFailure failed, Document before, ObjectValue fields) {
    String name = failed.paths().getFirst().getFirst().toString();
    Value shown = documents.schema().systemDocuments().field(session, before, name);
    return MAY_STAY.contains(name) && shown != null && shown.equals(fields.get(name));
  }

  /** The stored fields that a query may write, under the names by which it knows them. */
  private ObjectValue writable(Document before) {
    int collection = before.ref().collection();
    ObjectValue.Builder fields = ObjectValue.builder();
    if (SystemDocuments.isNamed(collection)) {
      copy(before.fields(), FieldNames.NAME, fields);
    }
    copy(before.fields(), FieldNames.TTL, fields);
    for (String name : SystemDocuments.fieldNames(collection)) {
      switch (name) {
        case "audience", "global_id" -> {}
        case "document" -> fields.put(name, before.get("instance"));
        case "role", "database" -> {
          Value shown = documents.schema().systemDocuments().field(session, before, name);
          if (shown != null) {
            fields.put(name, shown);
          }
        }
        default -> copy(before.fields(), name, fields);
      }
    }
    return fields.build();
  }

  private static void copy(ObjectValue from, String name, ObjectValue.Builder to) {
    if (from.get(name) != null) {
      to.put(name, from.get(name));
    }
  }

  // ---------------------------------------------------------------- stored form

  /** The stored form of checked fields; what is not the query's business stays as it was. */
  private ObjectValue stored(int collection, ObjectValue fields, Document before) {
    ObjectValue.Builder stored = fields.toBuilder();
    if (before != null) {
      keepInternal(collection, before, stored);
    }
    switch (collection) {
      case SystemCollections.COLLECTION -> {
        if (!fields.has("history_days")) {
          stored.put("history_days", new LongValue(0));
        }
        if (!fields.has("indexes")) {
          stored.put("indexes", ObjectValue.EMPTY);
        }
        if (!fields.has("constraints")) {
          stored.put("constraints", ArrayValue.EMPTY);
        }
        withoutStatus(stored, fields);
      }
      case SystemCollections.TOKEN -> renameDocument(stored, fields);
      case SystemCollections.CREDENTIAL -> {
        renameDocument(stored, fields);
        stored.remove(PASSWORD);
        if (fields.get(PASSWORD) instanceof StringValue(String password)) {
          stored.put(HASHED_PASSWORD, new StringValue(session.secrets().hashPassword(password)));
        }
      }
      case SystemCollections.FUNCTION -> {
        // A reference that was shown as a name and left as it was stays a reference.
        Value role = fields.get("role");
        if (role != null && before != null && role.equals(writable(before).get("role"))) {
          stored.put("role", before.get("role"));
        }
      }
      case SystemCollections.KEY -> storeKey(stored, fields);
      case SystemCollections.ACCESS_PROVIDER ->
          stored.put(
              "audience",
              new StringValue("https://db.fauna.com/db/" + GlobalId.format(session.scope())));
      default -> {}
    }
    return stored.build();
  }

  private static void keepInternal(int collection, Document before, ObjectValue.Builder stored) {
    for (Map.Entry<String, Value> field : before.fields()) {
      String name = field.getKey();
      boolean ofUser =
          SystemDocuments.fieldNames(collection).contains(name)
              || name.equals(FieldNames.NAME)
              || name.equals(FieldNames.TTL)
              || name.equals("instance");
      if (!ofUser) {
        stored.put(name, field.getValue());
      }
    }
  }

  private static void renameDocument(ObjectValue.Builder stored, ObjectValue fields) {
    stored.remove("document");
    stored.put("instance", fields.get("document"));
  }

  private void storeKey(ObjectValue.Builder stored, ObjectValue fields) {
    if (fields.get("database") instanceof StringValue(String name)) {
      stored.put("database", session.byName(session.scope(), SystemCollections.DATABASE, name));
    }
    // The key of a child database has the role with that name there, so it keeps the name.
    if (fields.get("role") instanceof StringValue(String name)
        && !BuiltInRoles.has(name)
        && !(fields.get("database") instanceof StringValue)) {
      stored.put("role", session.byName(session.scope(), SystemCollections.ROLE, name));
    }
  }

  // The state of indexes and constraints is added on reading and never stored.
  private static void withoutStatus(ObjectValue.Builder stored, ObjectValue fields) {
    if (fields.get("indexes") instanceof ObjectValue indexes) {
      ObjectValue.Builder plain = ObjectValue.builder();
      for (Map.Entry<String, Value> index : indexes) {
        plain.put(
            index.getKey(),
            index.getValue() instanceof ObjectValue object
                ? object.without("status")
                : index.getValue());
      }
      stored.put("indexes", plain.build());
    }
    if (fields.get("constraints") instanceof ArrayValue(List<Value> constraints)) {
      stored.put(
          "constraints",
          new ArrayValue(
              constraints.stream()
                  .map(
                      constraint ->
                          constraint instanceof ObjectValue object
                              ? object.without("status")
                              : constraint)
                  .toList()));
    }
  }

  // ---------------------------------------------------------------- delete

  Value delete(Value document) {
    requirePresent(call.context());
    Documents.Reference reference = documents.reference(document);
    int collection = StoredDocuments.collectionOf(document);
    Ref ref = documents.refOf(document);
    if (ref == null) {
      throw DocumentErrors.notFound(reference);
    }
    requireNoDocuments(ref);
    String failure = failedTo("delete", reference);
    return translated(
        collection,
        () -> {
          session.v10().delete(ref, () -> checkDeletion(ref, failure));
          wrote(ref);
          DocumentValue deleted =
              SystemDocuments.isNamed(collection)
                  ? DocumentValue.named(collection, reference.key(), ref, QueryContext.NOW)
                  : DocumentValue.at(ref, QueryContext.NOW);
          return deleted.asDeleted();
        });
  }

  private void checkDeletion(Ref ref, String failure) {
    new Protection(session).checkDeletion(ref, failure);
    SchemaRules.checkDeletion(session, ref, failure);
  }

  // ---------------------------------------------------------------- common

  static void requirePresent(QueryContext context) {
    if (context.readTime() != QueryContext.NOW) {
      throw Errors.writeInThePast();
    }
  }

  private void requireNoDocuments(Ref ref) {
    if (ref.collection() == SystemCollections.COLLECTION
        && session.wroteDocumentsOf((int) ref.id())) {
      throw DocumentErrors.definitionAndDocument();
    }
  }

  private void wrote(Ref document) {
    documents.written();
    if (SystemDocuments.isNamed(document.collection())) {
      documents.schemaWritten(document, call.span());
    }
  }

  static String failedTo(String action, Documents.Reference reference) {
    return "Failed to "
        + action
        + " "
        + reference.collection()
        + (reference.named() ? " `" + reference.key() + "`." : " with id " + reference.key() + ".");
  }

  private Value translated(int collection, Supplier<Value> write) {
    try {
      return write.get();
    } catch (AccessException.Denied | AccessException.WriteRefused denied) {
      throw Errors.permissionDenied();
    } catch (AccessException.Missing missing) {
      throw DocumentErrors.notFound(documents.reference(missing.ref()));
    } catch (DatabaseException.AlreadyExists exists) {
      throw SystemDocuments.isNamed(collection)
          ? DocumentErrors.notUnique(List.of(List.of(FieldNames.NAME)))
          : DocumentErrors.idExists(SystemDocuments.nameOf(collection), exists.existing().id());
    } catch (DatabaseException.FieldNotUnique taken) {
      throw DocumentErrors.notUnique(List.of(List.of(taken.field())));
    }
  }
}
