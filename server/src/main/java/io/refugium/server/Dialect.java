package io.refugium.server;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The two shapes in which the wire tells protocol errors (spec: HTTP surface 14.1). */
public enum Dialect {
  /** {@code {"errors":[{"code","description"}]}}, with the v4 headers. */
  V4,
  /** {@code {"error":{"code","message"}}}, no headers of its own. */
  V10;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The answer for an error with its exact message. In v4 it carries the transaction time and, but
   * for statuses 401 and 500, the metrics of a request that evaluated nothing.
   */
  public Response error(ProtocolError error, String message, Request request) {
    Response response = bare(error, message);
    return this == V4
        ? response.with(
            V4Headers.fixed(request, response, error.status() != 401 && error.status() != 500))
        : response;
  }

  /** The same without any header fields, as for requests whose headers could not be understood. */
  Response bare(ProtocolError error, String message) {
    return Response.json(error.status(), body(error.code(this), message));
  }

  private String body(String code, String message) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      switch (this) {
        case V4 -> {
          json.writeArrayPropertyStart("errors");
          writeError(json, code, "description", message);
          json.writeEndArray();
        }
        case V10 -> {
          json.writeName("error");
          writeError(json, code, "message", message);
        }
      }
      json.writeEndObject();
    }
    return out.toString();
  }

  private static void writeError(JsonGenerator json, String code, String name, String message) {
    json.writeStartObject();
    json.writeStringProperty("code", code);
    json.writeStringProperty(name, message);
    json.writeEndObject();
  }
}
