package io.refugium.database;

import io.refugium.database.document.Document;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;

/**
 * An entry that came into an index or a collection, or left it (spec: fql4 11.3).
 *
 * @param ts when, in microseconds, or {@link Document#UNCOMMITTED}
 * @param added whether it came
 * @param values the covered values; empty for collections
 */
public record EntryEvent(long ts, boolean added, List<Value> values, Ref ref) {}
