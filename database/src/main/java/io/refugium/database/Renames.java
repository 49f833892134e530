package io.refugium.database;

import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;

/**
 * Schema documents that refer to another by name follow when it is renamed (spec: schema 1.5).
 * References by id need nothing; an alias is no name. A role that takes the name of a built-in one
 * (FQL v4 allows it) is referred to by id from then on: nobody gets the rights of the built-in
 * role.
 */
final class Renames {
  private final Transaction transaction;
  private final int kind;
  private final StringValue oldName;
  private final Value renamed;

  private Renames(Transaction transaction, int kind, String oldName, Value renamed) {
    this.transaction = transaction;
    this.kind = kind;
    this.oldName = new StringValue(oldName);
    this.renamed = renamed;
  }

  static void rewrite(Transaction transaction, Ref renamed, String oldName, String newName) {
    boolean ambiguous = renamed.collection() == SystemCollections.ROLE && BuiltInRoles.has(newName);
    Renames renames =
        new Renames(
            transaction,
            renamed.collection(),
            oldName,
            ambiguous ? renamed : new StringValue(newName));
    switch (renamed.collection()) {
      case SystemCollections.COLLECTION, SystemCollections.FUNCTION ->
          renames.each(renamed.scope(), SystemCollections.ROLE);
      case SystemCollections.ROLE -> {
        renames.each(renamed.scope(), SystemCollections.ACCESS_PROVIDER); // of users' roles only
        if (!BuiltInRoles.has(oldName)) {
          renames.each(renamed.scope(), SystemCollections.FUNCTION);
          renames.each(renamed.scope(), SystemCollections.KEY);
        }
      }
      case SystemCollections.DATABASE -> renames.each(renamed.scope(), SystemCollections.KEY);
      default -> {}
    }
  }

  private void each(long scope, int collection) {
    try (DocumentScan scan =
        transaction.sets().scanSystem(scope, collection, Direction.ASCENDING)) {
      while (scan.next()) {
        Document document = scan.document();
        ObjectValue fields = rewritten(collection, document.fields());
        if (!fields.equals(document.fields())) {
          transaction.put(document.ref(), fields);
        }
      }
    }
  }

  private ObjectValue rewritten(int collection, ObjectValue fields) {
    return switch (collection) {
      case SystemCollections.ROLE ->
          rewritten(rewritten(fields, "privileges", "resource"), "membership", "resource");
      case SystemCollections.ACCESS_PROVIDER -> rewritten(fields, "roles", "role");
      case SystemCollections.KEY ->
          rewritten(fields, kind == SystemCollections.ROLE ? "role" : "database", null);
      default -> rewritten(fields, "role", null);
    };
  }

  /**
   * A field that holds the name, or an object that holds it as {@code member}, or an array of such.
   */
  private ObjectValue rewritten(ObjectValue fields, String field, String member) {
    Value value = fields.get(field);
    return value == null ? fields : fields.with(field, rewritten(value, member));
  }

  private Value rewritten(Value value, String member) {
    return switch (value) {
      case StringValue name -> name.equals(oldName) ? renamed : name;
      case ArrayValue(List<Value> elements) ->
          new ArrayValue(elements.stream().map(element -> rewritten(element, member)).toList());
      case ObjectValue object when member != null && oldName.equals(object.get(member)) ->
          object.with(member, renamed);
      default -> value;
    };
  }
}
