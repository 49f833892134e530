package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Module;
import io.refugium.model.StoredNames;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What documents of a collection look like, beside what is stored of each. Made once for each
 * version of the schema.
 *
 * @param module what they show as their collection
 * @param computed their computed fields in order of definition
 * @param hidden names under which stored fields are only visible in {@code data}
 */
record DocumentShape(Module module, List<ComputedField> computed, StoredNames hidden) {
  DocumentShape(Module module, List<ComputedField> computed) {
    this(
        module == null ? StoredDocuments.DELETED_COLLECTION : module,
        List.copyOf(computed),
        hidden(computed));
  }

  private static StoredNames hidden(List<ComputedField> computed) {
    Set<String> names = new HashSet<>(FieldNames.HIDDEN);
    computed.forEach(field -> names.add(field.name()));
    return new StoredNames(names);
  }

  /** The computed field of a name, if there is one. */
  Optional<ComputedField> computedField(String name) {
    for (ComputedField field : computed) {
      if (field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
