package io.refugium.fql10.environment;

import io.refugium.fql10.types.Signatures;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeDefinition;
import io.refugium.fql10.types.TypeRegistry;
import io.refugium.model.SystemCollections;
import java.util.Optional;

/**
 * The types of references and of the native collections with their documents (library
 * specification, section 17). What users may give for complex fields is checked when it is written,
 * not here.
 */
final class SystemTypes {
  private static final String DATA = "data: { *: Any } | Null";
  private static final String INDEX =
      "{ terms: Array<{ field: String, mva: Boolean | Null }>, "
          + "values: Array<{ field: String, mva: Boolean | Null, order: 'asc' | 'desc' | Null }>, "
          + "queryable: Boolean, status: 'pending' | 'active' | 'failed' }";

  private SystemTypes() {}

  static void declare(TypeRegistry.Builder types) {
    references(types);
    schema(types);
    identities(types);
    types.module(
        "Query",
        TypeDefinition.named("QueryModule")
            .field("identity", "() => { *: Any } | Null")
            .field("token", "() => { *: Any } | Null")
            .field("isEnvTypechecked", "() => Boolean")
            .field("isEnvProtected", "() => Boolean")
            .field("toString", "() => String")
            .build());
  }

  /** The name of the type of the documents of a native collection. */
  static Optional<String> document(int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION -> Optional.of("CollectionDef");
      case SystemCollections.FUNCTION -> Optional.of("FunctionDef");
      case SystemCollections.DATABASE -> Optional.of("DatabaseDef");
      case SystemCollections.ROLE -> Optional.of("Role");
      case SystemCollections.ACCESS_PROVIDER -> Optional.of("AccessProvider");
      case SystemCollections.KEY -> Optional.of("Key");
      case SystemCollections.TOKEN -> Optional.of("Token");
      case SystemCollections.CREDENTIAL -> Optional.of("Credential");
      default -> Optional.empty();
    };
  }

  private static void references(TypeRegistry.Builder types) {
    types.define(
        TypeDefinition.named("EmptyRef", "D")
            .alias("Null")
            .field("id", "ID")
            .field("coll", "Any")
            .field("exists", "() => false")
            .build());
    types.define(TypeDefinition.named("Ref", "D").alias("EmptyRef<D> | D").build());
    types.define(
        TypeDefinition.named("EmptyNamedRef", "D")
            .alias("Null")
            .field("name", "String")
            .field("coll", "Any")
            .field("exists", "() => false")
            .build());
    types.define(TypeDefinition.named("NamedRef", "D").alias("EmptyNamedRef<D> | D").build());
    types.define(
        TypeDefinition.named("UserFunction", "F")
            .alias("F")
            .field("definition", "FunctionDef")
            .field("toString", "() => String")
            .build());
  }

  // --- schema ---------------------------------------------------------------------------------

  private static void schema(TypeRegistry.Builder types) {
    named(
        types,
        "Collection",
        "CollectionDef",
        "{ name: String, coll: CollectionCollection, ts: Time, alias: String | Null, "
            + "history_days: Number | Null, ttl_days: Number | Null, "
            + "document_ttls: Boolean | Null, wildcard: String, "
            + "fields: { *: { signature: String, default: String | Null } }, "
            + "computed_fields: { *: { body: String, signature: String | Null } }, "
            + "migrations: Array<{}> | Null, indexes: { *: "
            + INDEX
            + " }, constraints: Array<{ *: Any }>, "
            + DATA
            + " }",
        "{ name: String, alias: String | Null, history_days: Number | Null, "
            + "ttl_days: Number | Null, document_ttls: Boolean | Null, wildcard: String | Null, "
            + "fields: Any | Null, computed_fields: Any | Null, migrations: Any | Null, "
            + "indexes: Any | Null, constraints: Any | Null, "
            + DATA
            + " }",
        "(collection: String) => Any");
    named(
        types,
        "Function",
        "FunctionDef",
        "{ name: String, coll: FunctionCollection, ts: Time, alias: String | Null, "
            + "body: String, signature: String | Null, role: String | Null, "
            + DATA
            + " }",
        "{ name: String, body: String, alias: String | Null, signature: String | Null, "
            + "role: String | Null, "
            + DATA
            + " }",
        "(function: String) => Any");
    named(
        types,
        "Role",
        "Role",
        "{ name: String, coll: RoleCollection, ts: Time, privileges: Any, membership: Any, "
            + DATA
            + " }",
        "{ name: String, privileges: Any | Null, membership: Any | Null, " + DATA + " }",
        null);
    named(
        types,
        "AccessProvider",
        "AccessProvider",
        "{ name: String, coll: AccessProviderCollection, ts: Time, issuer: String, "
            + "jwks_uri: String, roles: Array<{ role: String, predicate: String }>, "
            + "audience: String, "
            + DATA
            + " }",
        "{ name: String, issuer: String, jwks_uri: String, roles: Any | Null, " + DATA + " }",
        null);
    named(
        types,
        "Database",
        "DatabaseDef",
        "{ name: String, coll: DatabaseCollection, ts: Time, typechecked: Boolean | Null, "
            + "protected: Boolean | Null, priority: Number | Null, global_id: String, "
            + DATA
            + " }",
        "{ name: String, typechecked: Boolean | Null, protected: Boolean | Null, "
            + "priority: Number | Null, "
            + DATA
            + " }",
        null);
  }

  private static void named(
      TypeRegistry.Builder types,
      String name,
      String document,
      String record,
      String created,
      String call) {
    TypeDefinition.Builder module =
        module(name, document, created)
            .field("byName", "(name: String) => NamedRef<" + document + ">");
    if (name.equals("Collection")) {
      module.field("Deleted", "Any");
    }
    if (call != null) {
      module.call(call);
    }
    types.module(name, module.build());
    types.define(document(document, record).build());
    types.define(
        TypeDefinition.named("Null" + document)
            .alias("Null")
            .field("name", "String")
            .field("coll", "Any")
            .field("exists", "() => false")
            .build());
  }

  // --- identities -----------------------------------------------------------------------------

  private static void identities(TypeRegistry.Builder types) {
    identified(
        types,
        module(
            "Key",
            "Key",
            "{ id: ID | Null, role: String, database: String | Null, ttl: Time | Null, "
                + DATA
                + " }"),
        "Key",
        document(
            "Key",
            "{ id: ID, ts: Time, coll: KeyCollection, ttl: Time | Null, role: String, "
                + "database: String | Null, secret: String | Null, "
                + DATA
                + " }"));
    identified(
        types,
        module(
                "Token",
                "Token",
                "{ id: ID | Null, document: { *: Any } | Null, ttl: Time | Null, " + DATA + " }")
            .field("byDocument", "(document: { *: Any }) => Set<Token>"),
        "Token",
        document(
            "Token",
            "{ id: ID, ts: Time, coll: TokenCollection, ttl: Time | Null, document: { *: Any }, "
                + "secret: String | Null, "
                + DATA
                + " }"));
    identified(
        types,
        module(
                "Credential",
                "Credential",
                "{ id: ID | Null, document: Ref<{ *: Any }>, password: Null | String, "
                    + DATA
                    + " }")
            .field("byDocument", "(document: Ref<{ *: Any }>) => Ref<Credential>"),
        "Credential",
        document(
                "Credential",
                "{ id: ID, ts: Time, coll: CredentialCollection, document: Ref<{ *: Any }>, "
                    + DATA
                    + " }")
            .field("verify", "(secret: String) => Boolean")
            .field("login", "(secret: String) => Token", "(secret: String, ttl: Time) => Token"));
    types.global("Credentials", Type.named("CredentialCollection"));
  }

  private static void identified(
      TypeRegistry.Builder types,
      TypeDefinition.Builder module,
      String name,
      TypeDefinition.Builder document) {
    String reference = "(id: ID) => Ref<" + name + ">";
    types.module(name, module.field("byId", reference).call(reference).build());
    types.define(document.build());
    types.define(
        TypeDefinition.named("Null" + name)
            .alias("Null")
            .field("id", "ID")
            .field("coll", "Any")
            .field("exists", "() => false")
            .build());
  }

  // --- both -----------------------------------------------------------------------------------

  private static TypeDefinition.Builder module(String name, String document, String created) {
    Type type = Type.named(document);
    return TypeDefinition.named(name + "Collection")
        .field("all", Shapes.all(type))
        .field("where", Shapes.named(Type.set(type), "pred", Shapes.predicate(type)))
        .field("firstWhere", Shapes.named(Shapes.orNull(type), "pred", Shapes.predicate(type)))
        .field("create", Shapes.named(type, "data", Signatures.type(created)))
        .field("toString", "() => String");
  }

  private static TypeDefinition.Builder document(String name, String record) {
    return TypeDefinition.named(name)
        .alias(record)
        .field("exists", "() => true")
        .field("update", "(data: { *: Any }) => " + name)
        .field("replace", "(data: { *: Any }) => " + name)
        .field("delete", "() => Null" + name);
  }
}
