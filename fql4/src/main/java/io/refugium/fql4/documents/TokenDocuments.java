package io.refugium.fql4.documents;

import io.refugium.access.Secrets;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
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
    keepHash(draft);
    draft.optional("hashed_secret", StringValue.class::isInstance, "String");
    if (draft.before() == null && !draft.has("hashed_secret") && draft.failures().isEmpty()) {
      Secrets.Issued issued = draft.session().secrets().forToken(draft.ref());
      draft.set("hashed_secret", new StringValue(issued.hash()));
      draft.call().issue(issued);
    }
  }

  /** Whoever could choose another secret for a token that exists would act as its document. */
  private static void keepHash(Draft draft) {
    Value hash = draft.before() == null ? null : draft.before().get("hashed_secret");
    if (hash != null && !draft.session().permissions().isPrivileged()) {
      draft.set("hashed_secret", hash);
    }
  }
}
