package io.refugium.fql10.engine;

import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeDefinition;
import io.refugium.fql10.types.TypeRegistry;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what queries of a database may name, for editors (HTTP surface 9.3): the types of the
 * global values, and of each named type its fields. Type parameters are written as in messages.
 */
final class EnvironmentWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private EnvironmentWriter() {}

  /**
   * The description of an environment.
   *
   * @param schemaVersion microseconds; the schema that the environment is of
   */
  static byte[] write(TypeRegistry environment, long schemaVersion) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeNumberProperty("schema_version", schemaVersion);
      json.writeObjectPropertyStart("environment");
      types("globals", environment.globals(), json);
      json.writeObjectPropertyStart("types");
      for (TypeDefinition definition : environment.definitions().values()) {
        if (!definition.name().equals(TypeDefinition.FUNCTIONS)) {
          definition(definition, json);
        }
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void definition(TypeDefinition definition, JsonGenerator json) {
    json.writeObjectPropertyStart(definition.name());
    json.writeStringProperty("self", self(definition.name(), definition.parameters()));
    types("fields", definition.fields(), json);
    if (definition.parent().isPresent()) {
      json.writeStringProperty("parent", definition.parent().get());
    }
    optional("alias", definition.alias(), json);
    optional("call", definition.call(), json);
    optional("access", definition.access(), json);
    json.writeEndObject();
  }

  private static String self(String name, List<String> parameters) {
    return parameters.isEmpty() ? name : name + "<" + String.join(", ", parameters) + ">";
  }

  private static void types(String property, Map<String, Type> types, JsonGenerator json) {
    json.writeObjectPropertyStart(property);
    types.forEach((name, type) -> json.writeStringProperty(name, type.toString()));
    json.writeEndObject();
  }

  private static void optional(String property, Optional<Type> type, JsonGenerator json) {
    if (type.isPresent()) {
      json.writeStringProperty(property, type.get().toString());
    }
  }
}
