package io.refugium.fql4.documents;

import io.refugium.access.AccessException;
import io.refugium.fql4.language.Errors;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import java.util.List;
import java.util.Set;

/** Credentials (spec: access, 4.1, 4.2). Passwords become hashes before they are stored. */
final class CredentialDocuments implements DocumentKind {
  static final CredentialDocuments INSTANCE = new CredentialDocuments();

  private CredentialDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("instance", "password", "current_password", "hashed_password", "data");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of();
  }

  @Override
  public void prepare(Draft draft) {
    draft.require("instance", Ref.class::isInstance, "Ref");
    for (String field : List.of("password", "current_password", "hashed_password")) {
      draft.optional(field, StringValue.class::isInstance, "String");
    }
    draft.optionalObject("data");
    if (draft.failures().isEmpty()) {
      // A document has one credential at most.
      if (draft.session().secrets().isTaken((Ref) draft.get("instance"), draft.ref())) {
        throw Errors.notUnique(Writing.position(draft));
      }
      try {
        draft.replace(draft.session().secrets().storeCredential(draft.before(), draft.fields()));
      } catch (AccessException.InvalidPassword _) {
        draft.fail(Invalid.password("current_password"));
      }
    }
  }
}
