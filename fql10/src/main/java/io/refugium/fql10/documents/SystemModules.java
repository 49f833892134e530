package io.refugium.fql10.documents;

import io.refugium.access.AccessException;
import io.refugium.access.Secrets;
import io.refugium.access.Session;
import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.sets.Sources;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The native collections and the module {@code Query} (library specification, 17 to 19). */
public final class SystemModules {
  private static final int[] COLLECTIONS = {
    SystemCollections.COLLECTION,
    SystemCollections.FUNCTION,
    SystemCollections.ROLE,
    SystemCollections.ACCESS_PROVIDER,
    SystemCollections.DATABASE,
    SystemCollections.KEY,
    SystemCollections.TOKEN,
    SystemCollections.CREDENTIAL
  };

  private static final Map<Integer, Module> MODULES = declareModules();
  private static final Members DOCUMENT = documentMembers().build();
  private static final Members CREDENTIAL = credentialMembers();

  private final SystemDocuments documents = new SystemDocuments();

  /** The modules by the names under which queries know them. */
  public static Map<String, Module> byName() {
    Map<String, Module> modules = new LinkedHashMap<>();
    for (int collection : COLLECTIONS) {
      modules.put(SystemDocuments.nameOf(collection), MODULES.get(collection));
    }
    modules.put("Credentials", MODULES.get(SystemCollections.CREDENTIAL));
    modules.put("Query", QueryModule.MODULE);
    return modules;
  }

  /** The module of a native collection, or null. */
  Module module(int collection) {
    return MODULES.get(collection);
  }

  static Module shared(int collection) {
    return MODULES.get(collection);
  }

  SystemDocuments documents() {
    return documents;
  }

  /** The methods of documents of a native collection. */
  Members documentMembers(int collection) {
    return collection == SystemCollections.CREDENTIAL ? CREDENTIAL : DOCUMENT;
  }

  /** The collection that a reference type may name; negative if there is none. */
  int typeId(String name) {
    return switch (name) {
      case "Key" -> SystemCollections.KEY;
      case "Token" -> SystemCollections.TOKEN;
      case "Credential" -> SystemCollections.CREDENTIAL;
      case "Role" -> SystemCollections.ROLE;
      case "AccessProvider" -> SystemCollections.ACCESS_PROVIDER;
      default -> -1;
    };
  }

  private static Map<Integer, Module> declareModules() {
    Map<Integer, Module> modules = new LinkedHashMap<>();
    for (int collection : COLLECTIONS) {
      modules.put(collection, declare(collection));
    }
    return modules;
  }

  private static Module declare(int collection) {
    String name = SystemDocuments.nameOf(collection);
    Members.Builder members = Members.builder();
    CollectionMembers.declare(members, collection, name, documentType(collection));
    members.method(
        Effect.WRITE,
        "create(data: Struct) => " + documentType(collection),
        "Makes a document.",
        (c, s, a) -> new SystemWriter(c).create(collection, (ObjectValue) a[0]));
    if (SystemDocuments.isNamed(collection)) {
      declareByName(members, collection);
    } else {
      members.method(
          Effect.READ,
          "byId(id: ID) => Ref<" + name + ">",
          "The document with an id, which need not exist.",
          (c, s, a) -> byId(c, collection, a[0]));
    }
    declareByDocument(members, collection);
    if (collection == SystemCollections.COLLECTION) {
      members.property(
          "Deleted: Any",
          "Stands for the collection of documents whose collection is gone.",
          (context, self) -> StoredDocuments.DELETED_COLLECTION);
    }
    BiPredicate<QueryContext, Value> instances =
        collection == SystemCollections.FUNCTION
            ? (context, value) -> StandardLibrary.isFunction(value)
            : (context, value) ->
                Kind.of(value) == Kind.DOCUMENT
                    && StoredDocuments.collectionOf(value) == collection;
    return Module.collection(name, collection, members.build(), constructor(collection), instances);
  }

  private static String documentType(int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION -> "CollectionDef";
      case SystemCollections.FUNCTION -> "FunctionDef";
      case SystemCollections.DATABASE -> "DatabaseDef";
      default -> SystemDocuments.nameOf(collection);
    };
  }

  private static void declareByName(Members.Builder members, int collection) {
    members.method(
        Effect.READ,
        "byName(name: String) => NamedRef<" + documentType(collection) + ">",
        "The document with a name, which need not exist.",
        (c, s, a) -> byName(c, collection, ((StringValue) a[0]).value()));
  }

  private static Value byName(Call call, int collection, String name) {
    Session session = session(call);
    Ref ref =
        collection == SystemCollections.DATABASE
            ? session.byName(session.scope(), collection, name)
            : session.latestCatalog().byName(collection, name);
    return DocumentValue.named(collection, name, ref, call.context().readTime());
  }

  private static Value byId(Call call, int collection, Value id) {
    return new Ref(session(call).scope(), collection, ((IdValue) id).value());
  }

  private static void declareByDocument(Members.Builder members, int collection) {
    if (collection == SystemCollections.TOKEN) {
      members.method(
          Effect.READ,
          "byDocument(document: Doc) => Set<Token>",
          "The tokens of a document.",
          (c, s, a) -> {
            Ref document = StoredDocuments.of(c.context()).refOf(a[0]);
            return new Sources.ArraySet(
                document == null
                    ? List.of()
                    : List.copyOf(session(c).v10().identity().tokensOf(document)));
          });
    }
    if (collection == SystemCollections.CREDENTIAL) {
      members.method(
          "byDocument(document: Doc) => Ref<Credential>",
          "The credential of a document, which need not exist.",
          (c, s, a) -> {
            Ref document = StoredDocuments.of(c.context()).refOf(a[0]);
            Ref found =
                document == null ? null : session(c).v10().identity().credentialOf(document);
            return found != null
                ? found
                : new Ref(session(c).scope(), SystemCollections.CREDENTIAL, -1);
          });
    }
  }

  private static Optional<Method> constructor(int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION ->
          Optional.of(
              Method.of(
                  "apply(collection: String) => Any",
                  Effect.READ,
                  "The collection with a name or alias.",
                  (c, s, a) -> collectionNamed(c, ((StringValue) a[0]).value())));
      case SystemCollections.FUNCTION ->
          Optional.of(
              Method.of(
                  "apply(function: String) => Any",
                  Effect.READ,
                  "The function with a name or alias.",
                  (c, s, a) -> functionNamed(c, ((StringValue) a[0]).value())));
      case SystemCollections.KEY, SystemCollections.TOKEN, SystemCollections.CREDENTIAL ->
          Optional.of(
              Method.of(
                  "apply(id: ID) => Ref<" + SystemDocuments.nameOf(collection) + ">",
                  Effect.PURE,
                  "The document with an id, which need not exist.",
                  (c, s, a) -> byId(c, collection, a[0])));
      default -> Optional.empty();
    };
  }

  private static Value collectionNamed(Call call, String name) {
    Value found = schema(call).collection(name);
    if (found != null) {
      return found;
    }
    throw withCreationHint(
        call,
        SystemCollections.COLLECTION,
        name,
        Errors.invalidArgument("collection", "No such user collection `" + name + "`."));
  }

  private static Value functionNamed(Call call, String name) {
    Value found = schema(call).function(name);
    if (found != null) {
      return found;
    }
    throw withCreationHint(
        call,
        SystemCollections.FUNCTION,
        name,
        Errors.invalidArgument("function", "No such user function `" + name + "`."));
  }

  private static QueryFailure withCreationHint(
      Call call, int kind, String name, QueryFailure failure) {
    Session session = session(call);
    if (session.pendingCatalog().byName(kind, name) == null
        || session.latestCatalog().byName(kind, name) != null) {
      return failure;
    }
    String what = kind == SystemCollections.COLLECTION ? "collection" : "function";
    return failure.hinting("A " + what + " cannot be created and used in the same query.");
  }

  // ---------------------------------------------------------------- documents

  private static Members.Builder documentMembers() {
    return Members.builder()
        .method(
            Effect.READ,
            "exists() => Boolean",
            "Whether the document exists and may be read.",
            (c, s, a) ->
                BooleanValue.of(
                    c.context().environment().documents().missing(c.context(), s) == null))
        .method(
            Effect.WRITE,
            "update(data: Struct) => Doc",
            "Changes the given fields; null removes one.",
            (c, s, a) -> new SystemWriter(c).change(s, (ObjectValue) a[0], false))
        .method(
            Effect.WRITE,
            "replace(data: Struct) => Doc",
            "Replaces all fields.",
            (c, s, a) -> new SystemWriter(c).change(s, (ObjectValue) a[0], true))
        .method(
            Effect.WRITE,
            "delete() => Doc",
            "Removes the document.",
            (c, s, a) -> new SystemWriter(c).delete(s));
  }

  private static Members credentialMembers() {
    return documentMembers()
        .method(
            Effect.READ,
            "verify(secret: String) => Boolean",
            "Whether this is the password.",
            (c, s, a) -> BooleanValue.of(verify(c, s, ((StringValue) a[0]).value())))
        .method(
            Effect.WRITE,
            "login(secret: String) => Token",
            "Makes a token for the document.",
            (c, s, a) -> login(c, s, ((StringValue) a[0]).value(), ObjectValue.EMPTY))
        .method(
            Effect.WRITE,
            "login(secret: String, ttl: Time) => Token",
            "Makes a token for the document that expires.",
            (c, s, a) ->
                login(c, s, ((StringValue) a[0]).value(), ObjectValue.of(FieldNames.TTL, a[1])))
        .build();
  }

  private static boolean verify(Call call, Value credential, String secret) {
    StoredDocuments documents = StoredDocuments.of(call.context());
    try {
      return session(call).v10().identity().verify(documents.refOf(credential), secret);
    } catch (AccessException.Denied denied) {
      throw Errors.permissionDenied();
    } catch (AccessException.Missing missing) {
      throw DocumentErrors.notFound(documents.reference(credential));
    }
  }

  private static Value login(Call call, Value credential, String secret, ObjectValue params) {
    StoredDocuments documents = StoredDocuments.of(call.context());
    Documents.Reference reference = documents.reference(credential);
    try {
      Secrets.LoggedIn login =
          session(call).v10().identity().login(documents.refOf(credential), secret, params);
      if (login == null) {
        throw DocumentErrors.wrongSecret();
      }
      documents.written();
      return SystemWriter.withSecret(call, login.token(), login.secret());
    } catch (AccessException.Denied | AccessException.WriteRefused denied) {
      throw Errors.permissionDenied();
    } catch (AccessException.Missing missing) {
      throw DocumentErrors.notFound(reference);
    }
  }

  static Session session(Call call) {
    return StoredDocuments.of(call.context()).session();
  }

  private static Schema schema(Call call) {
    return StoredDocuments.of(call.context()).schema();
  }

  static Value orNull(Value value, NullCause cause) {
    return value == null ? Null.of(cause) : value;
  }
}
