package io.refugium.fql10.environment;

import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The three types that a user collection {@code C} defines under its name or alias: its documents
 * {@code C}, missing documents {@code NullC}, and the collection object {@code CCollection}
 * (language specification, section 8.3; schema specification, section 4.3).
 *
 * @param name the name or alias
 * @param fields the defined fields, in order
 * @param computed the types of computed fields
 * @param wildcard the type of further fields, if there may be any
 * @param documentTtls whether writes may set a time to live
 * @param indexes the types of the terms of each index, by name
 */
record CollectionTypes(
    String name,
    Map<String, FieldTypes> fields,
    Map<String, Type> computed,
    Optional<Type> wildcard,
    boolean documentTtls,
    Map<String, List<Type>> indexes) {

  Type document() {
    return Type.named(name);
  }

  private Type missing() {
    return Type.named("Null" + name);
  }

  Type collection() {
    return Type.named(name + "Collection");
  }

  // --- documents ------------------------------------------------------------------------------

  /** What a document is as a record; messages show it. */
  Type record() {
    Map<String, Type> record = new LinkedHashMap<>();
    record.put("id", Type.ID);
    record.put("ts", Type.TIME);
    record.put("ttl", Shapes.orNull(Type.TIME));
    fields.forEach((field, types) -> record.put(field, types.read()));
    record.putAll(computed);
    return Shapes.struct(record, wildcard);
  }

  TypeDefinition documentDefinition() {
    return TypeDefinition.named(name)
        .alias(record())
        .field("coll", collection())
        .field("exists", "() => true")
        .field("update", writer(updated(true)))
        .field("replace", writer(replaced()))
        .field("updateData", writer(data(true)))
        .field("replaceData", writer(data(false)))
        .field("delete", Shapes.function(missing()))
        .build();
  }

  private Type writer(Type parameter) {
    return Shapes.named(document(), "data", parameter);
  }

  TypeDefinition missingDefinition() {
    return TypeDefinition.named("Null" + name)
        .alias("Null")
        .field("id", "ID")
        .field("coll", "Any")
        .field("exists", "() => false")
        .build();
  }

  // --- what writes take -----------------------------------------------------------------------

  private Type created() {
    Map<String, Type> parameter = new LinkedHashMap<>();
    parameter.put("id", Shapes.orNull(Type.ID));
    metadata(parameter);
    fields.forEach((field, types) -> parameter.put(field, types.written()));
    return Shapes.struct(parameter, wildcard);
  }

  private Type replaced() {
    Map<String, Type> parameter = new LinkedHashMap<>();
    metadata(parameter);
    fields.forEach((field, types) -> parameter.put(field, types.written()));
    return Shapes.struct(parameter, wildcard);
  }

  private Type updated(boolean withMetadata) {
    Map<String, Type> parameter = new LinkedHashMap<>();
    if (withMetadata) {
      metadata(parameter);
    }
    fields.forEach((field, types) -> parameter.put(field, types.updated()));
    return Shapes.struct(parameter, wildcard);
  }

  private Type data(boolean update) {
    if (update) {
      return updated(false);
    }
    Map<String, Type> parameter = new LinkedHashMap<>();
    fields.forEach((field, types) -> parameter.put(field, types.written()));
    return Shapes.struct(parameter, wildcard);
  }

  private void metadata(Map<String, Type> parameter) {
    if (documentTtls) {
      parameter.put("ttl", Shapes.orNull(Type.TIME));
    } else if (wildcard.isPresent()) {
      parameter.put("ttl", Type.NULL);
    }
    if (wildcard.isPresent()) {
      parameter.put("data", Type.NULL);
    }
  }

  // --- the collection -------------------------------------------------------------------------

  TypeDefinition collectionDefinition() {
    Type document = document();
    Type reference = Shapes.named(Type.named("Ref", document), "id", Type.ID);
    TypeDefinition.Builder definition =
        TypeDefinition.named(name + "Collection")
            .field("definition", "CollectionDef")
            .field("byId", reference)
            .field("all", Shapes.all(document))
            .field("where", Shapes.named(Type.set(document), "pred", Shapes.predicate(document)))
            .field(
                "firstWhere",
                Shapes.named(Shapes.orNull(document), "pred", Shapes.predicate(document)))
            .field("create", writer(created()))
            .field("createData", writer(data(false)))
            .field("toString", "() => String")
            .call(reference);
    indexes.forEach((index, terms) -> definition.field(index, index(terms)));
    return definition.build();
  }

  private Type index(List<Type> terms) {
    Type result = Type.set(document());
    List<Type.Parameter> plain = new java.util.ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      plain.add(new Type.Parameter("term" + (i + 1), terms.get(i)));
    }
    List<Type.Parameter> ranged = new java.util.ArrayList<>(plain);
    ranged.add(new Type.Parameter("range", Shapes.RANGE));
    return Shapes.overloads(Shapes.function(result, plain), Shapes.function(result, ranged));
  }
}
