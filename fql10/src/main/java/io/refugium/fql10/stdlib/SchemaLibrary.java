package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;

/** The module {@code FQL.Schema} (library specification, section 3). */
final class SchemaLibrary {
  static final Members MEMBERS =
      Members.builder()
          .method(
              Effect.READ,
              "defForIdentifier(ident: String) => Any",
              "The definition of the collection or function with a name or alias.",
              (c, s, a) ->
                  c.context()
                      .environment()
                      .definitionOf(Arguments.text(a[0]))
                      .orElse(Null.of(NullCause.NO_ELEMENT)))
          .build();

  private SchemaLibrary() {}
}
