package io.refugium.fql10.documents;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.model.Ref;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names may be given to what (schema specification, sections 1.2 and 1.3). */
final class Names {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private static final Set<String> KEYWORDS =
      Set.of(
          "if", "else", "at", "match", "case", "let", "null", "true", "false", "isa", "join", "on",
          "of");

  private static final Set<String> GLOBALS =
      Set.of(
          "AccessProvider",
          "Any",
          "Array",
          "Boolean",
          "Bytes",
          "Collection",
          "Credential",
          "Credentials",
          "Database",
          "Date",
          "Doc",
          "Double",
          "EmptyNamedRef",
          "EmptyRef",
          "EventSource",
          "FQL",
          "Float",
          "Function",
          "ID",
          "Int",
          "Key",
          "Long",
          "Math",
          "NamedRef",
          "Never",
          "Null",
          "Number",
          "Object",
          "Query",
          "Ref",
          "Role",
          "Set",
          "SetCursor",
          "Stream",
          "String",
          "Struct",
          "Time",
          "Token",
          "TransactionTime",
          "UUID",
          "UserFunction",
          "abort",
          "asc",
          "dbg",
          "desc",
          "log",
          "newId",
          "_",
          "struct",
          "interface",
          "type",
          "function",
          "collection",
          "NullKey",
          "NullToken",
          "NullCredential",
          "NullRole",
          "NullAccessProvider",
          "CollectionDef",
          "FunctionDef",
          "DatabaseDef",
          "NullCollectionDef",
          "NullFunctionDef",
          "NullDatabaseDef");

  private static final Set<String> MODULES =
      Set.of(
          "Array",
          "Boolean",
          "Bytes",
          "Date",
          "Doc",
          "Double",
          "EventSource",
          "FQL",
          "Float",
          "ID",
          "Int",
          "Long",
          "Math",
          "Null",
          "Number",
          "Object",
          "Query",
          "Set",
          "SetCursor",
          "String",
          "Struct",
          "Time",
          "TransactionTime",
          "UUID");

  private static final Set<String> NATIVE_COLLECTIONS =
      Set.of(
          "AccessProvider",
          "Collection",
          "Credential",
          "Database",
          "Function",
          "Key",
          "Role",
          "Token");

  private static final Set<String> COLLECTION_MEMBERS =
      Set.of(
          "byId",
          "definition",
          "createAll",
          "createData",
          "all",
          "where",
          "firstWhere",
          "create",
          "toString");

  private Names() {}

  /** What is wrong with a text as a name; empty if nothing is. */
  static Optional<String> invalid(String name) {
    boolean valid =
        IDENTIFIER.matcher(name).matches() && !KEYWORDS.contains(name) && !name.equals("_");
    return valid ? Optional.empty() : Optional.of("Invalid identifier.");
  }

  /** What is wrong with the name of an index; empty if nothing is. */
  static Optional<String> invalidIndex(String name) {
    if (!IDENTIFIER.matcher(name).matches() || KEYWORDS.contains(name)) {
      return Optional.of("Invalid identifier.");
    }
    return COLLECTION_MEMBERS.contains(name) ? Optional.of(reserved(name)) : Optional.empty();
  }

  /** What is wrong with the name of a field; empty if nothing is. */
  static Optional<String> invalidField(String name) {
    if (!IDENTIFIER.matcher(name).matches() || KEYWORDS.contains(name)) {
      return Optional.of("Invalid identifier.");
    }
    return FieldNames.isHidden(name) ? Optional.of(reserved(name)) : Optional.empty();
  }

  private static String reserved(String name) {
    return "The name '" + name + "' is reserved.";
  }

  /** That an identifier must not be used. */
  static String reservedIdentifier(String name) {
    return "The identifier `" + name + "` is reserved.";
  }

  /**
   * What is wrong with a new name or alias of a collection or function; empty if nothing is.
   *
   * @param self the document that gets the name; null if it is new
   */
  static Optional<String> invalidGlobal(Catalog catalog, String name, Ref self) {
    if (isReserved(name)) {
      return Optional.of(reservedIdentifier(name));
    }
    return invalid(name).or(() -> taken(catalog, name, self));
  }

  private static boolean isReserved(String name) {
    return KEYWORDS.contains(name)
        || GLOBALS.contains(name)
        || (name.endsWith("Module")
            && MODULES.contains(name.substring(0, name.length() - "Module".length())))
        || (name.endsWith("Collection")
            && NATIVE_COLLECTIONS.contains(
                name.substring(0, name.length() - "Collection".length())));
  }

  private static Optional<String> taken(Catalog catalog, String name, Ref self) {
    CollectionDef collection = catalog.collection(name);
    if (collection != null && !collection.document().ref().equals(self)) {
      return Optional.of("A Collection already exists with the name `" + name + "`");
    }
    CollectionDef aliased = catalog.collectionByAlias(name);
    if (aliased != null && !aliased.document().ref().equals(self)) {
      return Optional.of("A Collection already exists with the alias `" + name + "`");
    }
    FunctionDef function = catalog.function(name);
    if (function != null && !function.document().ref().equals(self)) {
      return Optional.of("A Function already exists with the name `" + name + "`");
    }
    FunctionDef alias = catalog.functionByAlias(name);
    return alias != null && !alias.document().ref().equals(self)
        ? Optional.of("A Function already exists with the alias `" + name + "`")
        : Optional.empty();
  }
}
