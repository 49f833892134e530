package io.refugium.fql4.language;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/**
 * Refs as the literals that stand for them in the body of a lambda (spec: FQL v4, 2.4). Refs of
 * other databases and refs to what does not exist cannot be stored as values: they are looked up
 * whenever the lambda runs.
 */
final class RefLiterals {
  private final Names names;

  RefLiterals(Names names) {
    this.names = names;
  }

  /** A ref of the own database as it is, any other as a literal. */
  Value storable(Value ref) {
    return ref instanceof Ref resolved && resolved.scope() == names.scope() ? ref : of(ref);
  }

  private Value of(Value ref) {
    return switch (ref) {
      case Ref resolved -> of(resolved);
      case UnresolvedRef(Value collection, String id, Value database) ->
          literal(id, collection, database);
      default -> ref;
    };
  }

  private Value of(Ref ref) {
    if (NativeCollections.isNative(ref)) {
      return literal(name((int) ref.id()), null, databaseOf(ref));
    }
    if (ref.collection() >= SystemCollections.FIRST_USER) {
      Ref collection = new Ref(ref.scope(), SystemCollections.COLLECTION, ref.collection());
      return literal(Long.toString(ref.id()), collection, null);
    }
    Ref members = NativeCollections.ref(names.scope(), ref.collection());
    boolean named = NativeCollections.isNamed(ref.collection());
    String id = named ? names.nameOf(ref) : Long.toString(ref.id());
    return literal(id == null ? "deleted" : id, members, databaseOf(ref));
  }

  private Ref databaseOf(Ref ref) {
    return ref.scope() == names.scope() ? null : names.database(ref.scope());
  }

  private ObjectValue literal(String id, Value collection, Value database) {
    ObjectValue.Builder fields = ObjectValue.builder().put("id", new StringValue(id));
    if (collection != null) {
      fields.put("collection", of(collection));
    }
    if (database != null) {
      fields.put("database", of(database));
    }
    return ObjectValue.of("@ref", fields.build());
  }

  private static String name(int collection) {
    return NativeCollections.name(collection, ApiVersion.DEFAULT);
  }
}
