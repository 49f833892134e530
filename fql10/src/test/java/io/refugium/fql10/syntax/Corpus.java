package io.refugium.fql10.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Recorded queries beside the tests: JSON arrays of cases. */
public final class Corpus {
  private Corpus() {}

  /** The cases of a resource, named from here. */
  public static List<JsonNode> read(String resource) {
    try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
      JsonNode cases = new ObjectMapper().readTree(in);
      return StreamSupport.stream(cases.spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
