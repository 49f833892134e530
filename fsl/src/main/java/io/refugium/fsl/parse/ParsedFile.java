package io.refugium.fsl.parse;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.source.Source;
import java.util.List;

/**
 * A schema file as parsed.
 *
 * @param items those that could be read, in textual order
 * @param errors empty if the file is well-formed
 */
public record ParsedFile(Source source, List<SchemaItem> items, List<Diagnostic> errors) {
  public ParsedFile {
    items = List.copyOf(items);
    errors = List.copyOf(errors);
  }
}
