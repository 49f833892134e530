package io.refugium.access;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;

/**
 * What a predicate is asked about. Each language turns it into the arguments that its functions get
 * (spec access 5.5): FQL v4 sees references and plain objects, FQL v10 documents, whichever
 * language the request is written in.
 */
public sealed interface PredicateInput
    permits Operation, PredicateInput.Member, PredicateInput.Claims {

  /** Whether this document is a member of a role: v4 gets the reference, v10 the document. */
  record Member(Ref document) implements PredicateInput {}

  /**
   * Whether a JSON Web Token has a role of its access provider: both get the payload as an object.
   */
  record Claims(ObjectValue payload) implements PredicateInput {}
}
