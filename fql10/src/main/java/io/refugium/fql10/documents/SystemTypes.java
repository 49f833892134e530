package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Parser;
import io.refugium.model.ObjectValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shapes of native documents as they are written (schema specification, sections 2 and 3). */
final class SystemTypes {
  private static final Map<Integer, FieldType> TYPES =
      Map.of(
          SystemCollections.COLLECTION,
          type(
              """
              { name: String, alias: String?,
                fields: { *: { signature: String, default: String?, backfill_value: Any } }?,
                computed_fields: { *: { body: String, signature: String? } }?,
                wildcard: String?, migrations: Any, history_days: Long?, ttl_days: Long?,
                document_ttls: Boolean?, indexes: Any,
                constraints: Array<
                  { check: { name: String, body: String } }
                  | { unique: Array<String> | Array<{ field: String, mva: Boolean? }>,
                      status: Any }>?,
                data: { *: Any }? }\
              """),
          SystemCollections.FUNCTION,
          type(
              """
              { name: String, alias: String?, body: Query | String, signature: String?,
                role: String?, data: { *: Any }? }\
              """),
          SystemCollections.ROLE,
          type(
              "{ name: String, privileges: %s, membership: %s, data: { *: Any }? }"
                  .formatted(
                      oneOrMany("{ resource: String, actions: %s? }".formatted(actions())),
                      oneOrMany("{ resource: String, predicate: (Query | String)? }"))),
          SystemCollections.ACCESS_PROVIDER,
          type(
              "{ name: String, jwks_uri: String, issuer: String, roles: %s, data: { *: Any }? }"
                  .formatted(oneOrMany("String | { role: String, predicate: (Query | String)? }"))),
          SystemCollections.DATABASE,
          type(
              """
              { name: String, typechecked: Boolean?, protected: Boolean?, priority: Number?,
                data: { *: Any }? }\
              """),
          SystemCollections.KEY,
          type("{ role: String, database: String?, ttl: Time?, data: { *: Any }? }"),
          SystemCollections.TOKEN,
          type("{ document: AnyDocument, ttl: Time?, data: { *: Any }? }"),
          SystemCollections.CREDENTIAL,
          type("{ document: AnyDocument, password: String? }"));

  private static final Map<Integer, Set<String>> READ_ONLY =
      Map.of(
          SystemCollections.ACCESS_PROVIDER, Set.of("audience"),
          SystemCollections.DATABASE, Set.of("global_id"),
          SystemCollections.KEY, Set.of("secret"),
          SystemCollections.TOKEN, Set.of("secret"));

  private static final Set<String> RESERVED = Set.of(FieldNames.COLL, FieldNames.TS);

  private SystemTypes() {}

  /** One entry, or an array of them, or none. */
  private static String oneOrMany(String entry) {
    return "Array<" + entry + "> | " + entry + " | Null";
  }

  private static String actions() {
    return Stream.of(
            "read",
            "create",
            "history_read",
            "history_write",
            "delete",
            "unrestricted_read",
            "create_with_id",
            "call",
            "write")
        .map(action -> action + ": (Boolean | String | Query)?")
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static FieldType type(String notation) {
    return FieldType.of(
        Parser.type(Source.validated("signature", notation.replace("\n", " ")))
            .orThrow(errors -> new IllegalStateException(notation + errors)),
        name -> -1);
  }

  /** Checks the complete fields of a document as they would be. */
  static void check(int collection, ObjectValue fields, List<ConstraintFailure> failures) {
    ObjectValue.Builder writable = ObjectValue.builder();
    for (Map.Entry<String, Value> field : fields) {
      String name = field.getKey();
      if (RESERVED.contains(name)) {
        failures.add(ConstraintFailure.of(name, "Is a reserved field and cannot be used"));
      } else if (READ_ONLY.getOrDefault(collection, Set.of()).contains(name)) {
        failures.add(ConstraintFailure.of(name, "Failed to update field because it is readonly"));
      } else {
        writable.put(name, field.getValue());
      }
    }
    TYPES.get(collection).check(writable.build(), List.of(), failures);
  }
}
