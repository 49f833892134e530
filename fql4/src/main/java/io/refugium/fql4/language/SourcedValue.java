package io.refugium.fql4.language;

import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * An element of a page together with the leaf sets that it came from (spec: FQL v4, 7.2, {@code
 * sources}).
 */
public record SourcedValue(Value value, List<Value> sources) implements RuntimeValue {}
