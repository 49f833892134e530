package io.refugium.fql4.language;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * Something that happened to a document or an entry of a set (spec: FQL v4, 11.4).
 *
 * @param ts microseconds or the unresolved time of this transaction
 * @param diff for events of documents: the top fields of the change; null for deletions and events
 *     of sets
 * @param values for events of sets: the covered values; null for events of documents
 */
public record EventValue(
    Value ts, ActionValue action, Ref document, ObjectValue diff, List<Value> values)
    implements RuntimeValue {}
