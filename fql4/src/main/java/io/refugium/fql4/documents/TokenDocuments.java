package io.refugium.fql4.documents;

import io.refugium.access.Secrets;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import java.util.Set;

/** Tokens (spec: access, 2.6). */
final class TokenDocuments implements DocumentKind {
  static final TokenDocuments INSTANCE = new TokenDocuments();

  private TokenDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("instance", "ttl", "data", "hashed_secret");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("hashed_secret");
  }

  @Override
  public void prepare(Draft draft) {
    draft.require("instance", Ref.class::isInstance, "Ref");
    draft.optionalTime("ttl");
    draft.optionalObject("data");
    draft.optional("hashed_secret", StringValue.class::isInstance, "String");
    if (draft.before() == null && !draft.has("hashed_secret") && draft.failures().isEmpty()) {
      Secrets.Issued issued = draft.session().secrets().forToken(draft.ref());
      draft.set("hashed_secret", new StringValue(issued.hash()));
      draft.call().issue(issued);
    }
  }
}
