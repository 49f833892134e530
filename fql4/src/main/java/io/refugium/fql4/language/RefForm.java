package io.refugium.fql4.language;

import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A literal {@code @ref}, checked but not yet resolved: names are looked up in the schema of each
 * query (spec: FQL v4, 2.4).
 */
public sealed interface RefForm {
  /** A native collection, perhaps of a child database. */
  record Native(int collection, RefForm database) implements RefForm {}

  /** A schema object by its name. */
  record Named(int collection, String name, RefForm database) implements RefForm {}

  /** A document by its id. */
  record Numbered(RefForm collection, long id, RefForm database) implements RefForm {}

  /** What {@code self} stands for in a collection. */
  record Self(RefForm collection) implements RefForm {}

  Set<String> WITH_ID = Set.of("id");
  Pattern LEGACY_NAME = Pattern.compile("[;@+$\\-_.!~%\\w]+", Pattern.UNICODE_CHARACTER_CLASS);
  String SELF = "self";

  // ---- Reading

  /** The payload of an {@code @ref}. The position is that of the literal. */
  static RefForm read(Value payload, Position position) {
    return switch (payload) {
      case StringValue text -> readLegacy(text.value(), position);
      case ObjectValue fields -> readFields(fields, position);
      default -> throw Errors.invalidLiteral(position, "ref");
    };
  }

  private static RefForm readFields(ObjectValue fields, Position position) {
    boolean hasClass = fields.has("class");
    Value collection = fields.get(hasClass ? "class" : "collection");
    Value database = fields.get("database");
    int known =
        (fields.has("id") ? 1 : 0) + (collection != null ? 1 : 0) + (database != null ? 1 : 0);
    if (!fields.has("id") || known != fields.size()) {
      throw Errors.wrongSyntax(position, "Ref", "Object");
    }
    RefForm within = collection == null ? null : readPart(collection, position.at("class"));
    RefForm scope = database == null ? null : readPart(database, position.at("database"));
    Value id = fields.get("id");
    return within == null
        ? readNative(id, scope, position)
        : readMember(id, within, scope, position);
  }

  private static RefForm readPart(Value part, Position position) {
    if (part instanceof ObjectValue object && object.size() == 1 && object.has("@ref")) {
      return read(object.get("@ref"), position);
    }
    throw Errors.wrongSyntax(position, "Ref", Types.nameOf(part));
  }

  private static RefForm readNative(Value id, RefForm scope, Position position) {
    String name = text(id, position.at("id"));
    int collection = NativeCollections.byName(name);
    if (collection < 0) {
      throw Errors.unknownNativeCollection(position.at("id"), name);
    }
    return new Native(collection, scope);
  }

  private static RefForm readMember(Value id, RefForm within, RefForm scope, Position position) {
    Position at = position.at("id");
    boolean self = id instanceof StringValue text && text.value().equals(SELF);
    switch (within) {
      case Native system -> {
        RefForm database = scope == null ? system.database() : scope;
        if (NativeCollections.isNamed(system.collection())) {
          return new Named(system.collection(), text(id, at), database);
        }
        RefForm scoped = new Native(system.collection(), database);
        return self
            ? new Self(scoped)
            : new Numbered(scoped, Ids.parse(id, at, Errors.INVALID_EXPRESSION), null);
      }
      case Named collection when collection.collection() == SystemCollections.COLLECTION -> {
        if (scope != null) {
          throw Errors.wrongSyntax(position.at("database"), "Null", scope.typeName());
        }
        return self
            ? new Self(collection)
            : new Numbered(collection, Ids.parse(id, at, Errors.INVALID_EXPRESSION), null);
      }
      default ->
          throw Errors.wrongSyntax(position.at("class"), "Collection Ref", within.typeName());
    }
  }

  private static String text(Value id, Position position) {
    return switch (id) {
      case StringValue text -> text.value();
      case LongValue _ -> throw Errors.wrongSyntax(position, "String", "Number");
      case io.refugium.model.DoubleValue _ ->
          throw Errors.wrongSyntax(position, "String", "Number");
      default -> throw Errors.wrongSyntax(position, "String or Integer", Types.nameOf(id));
    };
  }

  /** The text form of old clients: {@code classes/users/123}. */
  static RefForm readLegacy(String text, Position position) {
    String[] parts = text.split("/", -1);
    int collection = NativeCollections.byName(parts[0]);
    if (collection < 0
        || parts.length > 3
        || (parts.length == 3 && collection != SystemCollections.COLLECTION)) {
      throw Errors.invalidLiteral(position, "ref");
    }
    if (parts.length == 1) {
      return new Native(collection, null);
    }
    if (!NativeCollections.isNamed(collection)) {
      return numberedLegacy(new Native(collection, null), parts[1], position);
    }
    if (!LEGACY_NAME.matcher(parts[1]).matches()
        || parts[1].equals(SELF)
        || parts[1].equals("events")
        || parts[1].equals("_")) {
      throw Errors.invalidLiteral(position, "ref");
    }
    RefForm named = new Named(collection, parts[1], null);
    return parts.length == 2 ? named : numberedLegacy(named, parts[2], position);
  }

  private static RefForm numberedLegacy(RefForm collection, String id, Position position) {
    if (id.equals(SELF)) {
      return new Self(collection);
    }
    try {
      if (!id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return new Numbered(collection, Long.parseLong(id), null);
      }
    } catch (NumberFormatException tooLarge) {
      throw Errors.invalidLiteral(position, "ref");
    }
    throw Errors.invalidLiteral(position, "ref");
  }

  // ---- Resolving

  /** What messages call the ref: known without the schema. */
  default String typeName() {
    return switch (this) {
      case Native _ -> "Collection Ref";
      case Named named ->
          Types.nameOf(
              new UnresolvedRef(
                  NativeCollections.ref(Ref.ROOT, named.collection()), named.name(), null));
      case Numbered(Native system, long _, RefForm _)
          when system.collection() == SystemCollections.KEY ->
          "Key Ref";
      case Numbered _, Self _ -> "Ref";
    };
  }

  /** The ref, or the unresolved ref when a schema object on the way does not exist. */
  default Value resolve(Names names, Position position) {
    return switch (this) {
      case Native system -> {
        Value database =
            system.database() == null ? null : system.database().resolve(names, position);
        Long scope = scope(database, names);
        yield scope == null
            ? new UnresolvedRef(
                null, NativeCollections.name(system.collection(), ApiVersion.DEFAULT), database)
            : NativeCollections.ref(scope, system.collection());
      }
      case Named named -> {
        Value database =
            named.database() == null ? null : named.database().resolve(names, position);
        Long scope = scope(database, names);
        Ref found = scope == null ? null : names.find(scope, named.collection(), named.name());
        yield found == null
            ? new UnresolvedRef(
                NativeCollections.ref(names.scope(), named.collection()), named.name(), database)
            : found;
      }
      case Numbered document -> {
        Value collection = document.collection().resolve(names, position);
        yield collection instanceof Ref ref
            ? new Ref(ref.scope(), (int) ref.id(), document.id())
            : new UnresolvedRef(collection, Long.toString(document.id()), null);
      }
      case Self self -> {
        Value collection = self.collection().resolve(names, position);
        Ref meant = collection instanceof Ref ref ? names.self(ref) : null;
        if (meant == null) {
          throw Errors.invalidLiteral(position, "ref");
        }
        yield meant;
      }
    };
  }

  private static Long scope(Value database, Names names) {
    if (database == null) {
      return names.scope();
    }
    return database instanceof Ref ref && ref.collection() == SystemCollections.DATABASE
        ? names.scopeOf(ref)
        : null;
  }
}
