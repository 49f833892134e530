package io.refugium.database.index;

import io.refugium.model.Value;
import java.util.List;

/**
 * An entry that a document has in an index: one combination of its terms and values.
 *
 * @param terms one for each term of the index
 * @param values one for each value of the index
 */
public record IndexEntry(List<Value> terms, List<Value> values) {}
