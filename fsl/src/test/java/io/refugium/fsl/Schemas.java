package io.refugium.fsl;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.source.Source;
import io.refugium.fsl.parse.FslParser;
import io.refugium.fsl.parse.ParsedFile;
import java.util.Map;

/** Schemas for tests. */
final class Schemas {
  private Schemas() {}

  static SchemaState of(String main) {
    return new SchemaState(Map.of(SourceFiles.MAIN, main));
  }

  static SchemaItem item(String text) {
    ParsedFile file = FslParser.parse(Source.named(SourceFiles.MAIN, text));
    if (!file.errors().isEmpty()) {
      throw new IllegalArgumentException(file.errors().toString());
    }
    return file.items().getFirst();
  }
}
