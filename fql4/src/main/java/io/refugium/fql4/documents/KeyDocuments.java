package io.refugium.fql4.documents;

import io.refugium.access.Secrets;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;

/**
 * Keys (spec: access, 2.6). Their secret is made here and shown once, by the function that creates
 * the key.
 */
final class KeyDocuments implements DocumentKind {
  static final KeyDocuments INSTANCE = new KeyDocuments();

  private KeyDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("role", "database", "ttl", "priority", "data", "hashed_secret");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("hashed_secret");
  }

  @Override
  public boolean allowedInContainers() {
    return true;
  }

  @Override
  public void prepare(Draft draft) {
    String secret = givenSecret(draft);
    if (draft.has("role")) {
      RoleReferences.check(draft, "role");
    } else {
      draft.fail(Invalid.missing(List.of("role")));
    }
    Value database = draft.get("database");
    if (database != null
        && !(database instanceof Ref ref && ref.collection() == SystemCollections.DATABASE)
        && !isOld(draft, database)) {
      draft.fail(Invalid.type(List.of("database"), database, "Database Ref"));
    }
    draft.optionalTime("ttl");
    DatabaseDocuments.checkPriority(draft);
    draft.optionalObject("data");
    draft.checkReferences();
    keepHash(draft);
    draft.optional("hashed_secret", StringValue.class::isInstance, "String");
    if (draft.before() == null && !draft.has("hashed_secret") && draft.failures().isEmpty()) {
      Secrets secrets = draft.session().secrets();
      Secrets.Issued issued = secret == null ? secrets.forKey(draft.ref()) : secrets.given(secret);
      draft.set("hashed_secret", new StringValue(issued.hash()));
      draft.call().issue(issued);
    }
  }

  /** A secret may be given, if it is one that this key could have been issued. */
  private static String givenSecret(Draft draft) {
    if (!draft.given().has("secret")) {
      return null;
    }
    if (draft.given().get("secret") instanceof StringValue(String text)
        && Secrets.keyIdOf(text) == draft.ref().id()) {
      return text;
    }
    draft.fail(Invalid.secret());
    return null;
  }

  /** A hash may be given once, to a new key; later ones are ignored. */
  private static void keepHash(Draft draft) {
    if (draft.before() != null && draft.before().get("hashed_secret") != null) {
      draft.set("hashed_secret", draft.before().get("hashed_secret"));
    }
  }

  /** A name stored by FQL v10 may stay. */
  private static boolean isOld(Draft draft, Value database) {
    return draft.before() != null && database.equals(draft.before().get("database"));
  }
}
