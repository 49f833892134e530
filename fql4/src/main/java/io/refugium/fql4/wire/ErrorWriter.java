package io.refugium.fql4.wire;

import io.refugium.fql4.language.Fql4Error;
import io.refugium.model.JsonBuffer;
import java.util.List;

/** Errors as JSON on the wire (spec: FQL v4, 12.1). */
public final class ErrorWriter {
  private ErrorWriter() {}

  /** The body of an answer. */
  public static byte[] write(List<Fql4Error> errors) {
    JsonBuffer out = AnswerText.empty();
    out.raw("{\"errors\":");
    list(errors, out);
    out.raw('}');
    return out.toBytes(0);
  }

  /**
   * The body of an answer to a query that lost against others too often (spec: HTTP surface, 14.4).
   *
   * @param ref the document that it lost for, as JSON, or null
   */
  public static byte[] contended(String description, String ref) {
    JsonBuffer out = AnswerText.empty();
    out.raw("{\"errors\":[{");
    if (ref != null) {
      out.raw("\"ref\":").json(ref).raw(',');
    }
    out.raw("\"code\":\"contended transaction\",\"description\":").string(description).raw("}]}");
    return out.toBytes(0);
  }

  private static void list(List<Fql4Error> errors, JsonBuffer out) {
    out.raw('[');
    for (int i = 0; i < errors.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      error(errors.get(i), out);
    }
    out.raw(']');
  }

  private static void error(Fql4Error error, JsonBuffer out) {
    out.raw('{');
    if (error.position() != null) {
      out.raw("\"position\":");
      path(error.path(), out);
      out.raw(',');
    }
    out.raw("\"code\":").string(error.code()).raw(",\"description\":").string(error.description());
    if (!error.failures().isEmpty()) {
      out.raw(",\"failures\":[");
      for (int i = 0; i < error.failures().size(); i++) {
        Fql4Error.Failure failure = error.failures().get(i);
        out.raw(i > 0 ? ",{\"field\":" : "{\"field\":");
        path(failure.field(), out);
        out.raw(",\"code\":")
            .string(failure.code())
            .raw(",\"description\":")
            .string(failure.description())
            .raw('}');
      }
      out.raw(']');
    }
    if (!error.causes().isEmpty()) {
      out.raw(",\"cause\":");
      list(error.causes(), out);
    }
    out.raw('}');
  }

  private static void path(List<?> path, JsonBuffer out) {
    out.raw('[');
    for (int i = 0; i < path.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      if (path.get(i) instanceof Integer index) {
        out.number(index);
      } else {
        out.string(path.get(i).toString());
      }
    }
    out.raw(']');
  }
}
