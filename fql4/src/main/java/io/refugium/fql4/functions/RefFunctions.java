package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.DATABASE_REF;
import static io.refugium.fql4.language.Kind.STRING;

import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Failures;
import io.refugium.fql4.language.Fql4Error;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.Ids;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Names;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Types;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.model.NullValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Refs by name and id, and the native collections (spec: FQL v4, 6.1). */
final class RefFunctions {
  private RefFunctions() {}

  static void define(Library library) {
    library
        .define("ref", ANY)
        .with("id", ANY)
        .optional("scope", DATABASE_REF)
        .as(RefFunctions::ref);
    named(library, SystemCollections.COLLECTION, "collection", "class");
    named(library, SystemCollections.DATABASE, "database");
    named(library, SystemCollections.INDEX, "index");
    named(library, SystemCollections.FUNCTION, "function");
    named(library, SystemCollections.ROLE, "role");
    library
        .define("access_provider", STRING)
        .optional("scope", DATABASE_REF)
        .since(ApiVersion.V4)
        .as(call -> byName(call, SystemCollections.ACCESS_PROVIDER));
    collection(library, SystemCollections.COLLECTION, "collections", "classes");
    collection(library, SystemCollections.DATABASE, "databases");
    collection(library, SystemCollections.INDEX, "indexes");
    collection(library, SystemCollections.FUNCTION, "functions");
    collection(library, SystemCollections.ROLE, "roles");
    collection(library, SystemCollections.KEY, "keys");
    collection(library, SystemCollections.TOKEN, "tokens");
    collection(library, SystemCollections.CREDENTIAL, "credentials");
    library
        .define("access_providers", ANY)
        .since(ApiVersion.V4)
        .as(call -> nativeCollection(call, SystemCollections.ACCESS_PROVIDER));
  }

  private static void named(Library library, int kind, String... names) {
    for (String name : names) {
      library.define(name, STRING).optional("scope", DATABASE_REF).as(call -> byName(call, kind));
    }
  }

  private static void collection(Library library, int kind, String... names) {
    for (String name : names) {
      library.define(name, ANY).as(call -> nativeCollection(call, kind));
    }
  }

  private static Value byName(Call call, int kind) {
    Names names = call.evaluation().names();
    Value database = call.has(1) ? call.value(1) : null;
    Long scope = database == null ? Long.valueOf(names.scope()) : names.scopeOf((Ref) database);
    Ref found = scope == null ? null : names.find(scope, kind, call.string(0));
    return found == null
        ? new UnresolvedRef(NativeCollections.ref(names.scope(), kind), call.string(0), database)
        : found;
  }

  private static Value nativeCollection(Call call, int kind) {
    Names names = call.evaluation().names();
    return switch (call.value(0)) {
      case NullValue _ -> NativeCollections.ref(names.scope(), kind);
      case Ref database when database.collection() == SystemCollections.DATABASE -> {
        Long scope = names.scopeOf(database);
        yield scope == null
            ? new UnresolvedRef(null, NativeCollections.name(kind, ApiVersion.DEFAULT), database)
            : NativeCollections.ref(scope, kind);
      }
      case UnresolvedRef database -> throw database.error(call.position(0), call.version());
      case Value other ->
          throw Errors.wrongKind(call.position(0), "Database Ref or Null", Types.nameOf(other));
    };
  }

  /** Both arguments report. */
  private static Value ref(Call call) {
    List<Fql4Error> errors = null;
    Value collection = call.value(0);
    try {
      requireCollection(collection, call);
    } catch (Fql4Exception failure) {
      errors = Failures.add(errors, failure);
    }
    long id = 0;
    try {
      id = Ids.parse(call.value(1), call.position(1), Errors.INVALID_ARGUMENT);
    } catch (Fql4Exception failure) {
      errors = Failures.add(errors == null ? new ArrayList<>() : errors, failure);
    }
    Failures.throwIfAny(errors);
    return collection instanceof Ref ref
        ? new Ref(ref.scope(), (int) ref.id(), id)
        : new UnresolvedRef(collection, Long.toString(id), null);
  }

  private static void requireCollection(Value collection, Call call) {
    boolean isRef =
        collection instanceof Ref ref && ref.collection() == SystemCollections.COLLECTION;
    boolean isUnresolved =
        collection instanceof UnresolvedRef ref
            && !ref.isDocument()
            && (ref.collection() == null || ref.kind() == SystemCollections.COLLECTION);
    if (!isRef && !isUnresolved) {
      throw Errors.wrongKind(call.position(0), "Collection Ref", Types.nameOf(collection));
    }
    if (isRef
        && NativeCollections.isNative(collection)
        && NativeCollections.isNamed((int) ((Ref) collection).id())) {
      throw Errors.schemaCollection(call.position(0));
    }
  }
}
