package io.refugium.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a {@code multipart/form-data} body as text (spec: schema 10.4). */
final class MultipartForm {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?i)content-disposition:[^\\r\\n]*?[;\\s]name=\"([^\"]*)\"");

  private MultipartForm() {}

  /**
   * The fields by name, in order; empty if the body is none.
   *
   * @throws IllegalArgumentException if the form cannot be read, with the message for the client
   */
  static Map<String, String> read(String contentType, byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return fields;
    }
    String boundary =
        boundary(contentType)
            .orElseThrow(
                () -> new IllegalArgumentException("Request is not a valid multipart request"));
    // One char a byte, so that offsets are those of the body whatever its parts hold.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "--" + boundary;
    int at = text.startsWith(delimiter) ? 0 : text.indexOf("\n" + delimiter) + 1;
    if (at == 0 && !text.startsWith(delimiter)) {
      return fields;
    }
    while (at >= 0) {
      int start = at + delimiter.length();
      int next = text.indexOf("\n" + delimiter, start);
      if (text.startsWith("--", start) || next < 0) {
        return fields;
      }
      part(text.substring(start, next), fields);
      at = next + 1;
    }
    return fields;
  }

  private static Optional<String> boundary(String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    return matcher.find()
        ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }

  private static void part(String part, Map<String, String> fields) {
    int crlf = part.indexOf("\r\n\r\n");
    int lf = part.indexOf("\n\n");
    boolean windows = crlf >= 0 && (lf < 0 || crlf < lf);
    int end = windows ? crlf : lf;
    if (end < 0) {
      throw new IllegalArgumentException("Invalid request");
    }
    Matcher name = NAME.matcher(part.substring(0, end));
    if (!name.find() || name.group(1).isEmpty()) {
      throw new IllegalArgumentException("Invalid request");
    }
    String content = part.substring(end + (windows ? 4 : 2));
    if (content.endsWith("\r")) {
      content = content.substring(0, content.length() - 1);
    }
    fields.put(utf8(name.group(1)), utf8(content));
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
