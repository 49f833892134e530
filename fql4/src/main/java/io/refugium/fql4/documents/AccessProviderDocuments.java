package io.refugium.fql4.documents;

import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
import io.refugium.model.GlobalId;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;

/** Access providers (spec: access, 9.1). */
final class AccessProviderDocuments implements DocumentKind {
  static final AccessProviderDocuments INSTANCE = new AccessProviderDocuments();
  private static final String AUDIENCE_PREFIX = "https://db.fauna.com/db/";
  private static final List<String> ROLES = List.of("roles");

  private AccessProviderDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("name", "issuer", "jwks_uri", "roles", "data");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("name", "issuer", "jwks_uri", "roles");
  }

  @Override
  public boolean allowedInContainers() {
    return true;
  }

  @Override
  public void prepare(Draft draft) {
    draft.requireName();
    draft.require("issuer", StringValue.class::isInstance, "String");
    draft.require("jwks_uri", StringValue.class::isInstance, "String");
    if (draft.get("jwks_uri") instanceof StringValue(String uri)
        && !draft.session().isKeyAddress(uri)) {
      draft.fail(Invalid.uri("jwks_uri", uri));
    }
    if (draft.has("roles")) {
      checkRoles(draft);
    }
    draft.optionalObject("data");
    draft.checkReferences();
    draft.set(
        "audience", new StringValue(AUDIENCE_PREFIX + GlobalId.format(draft.session().scope())));
  }

  private static void checkRoles(Draft draft) {
    Value roles = draft.get("roles");
    List<Value> several =
        roles instanceof ArrayValue(List<Value> elements) ? elements : List.of(roles);
    for (Value role : several) {
      if (role instanceof ObjectValue conditional) {
        checkRole(draft, conditional.get("role"));
        checkPredicate(draft, conditional.get("predicate"));
      } else {
        checkRole(draft, role);
      }
    }
  }

  private static void checkRole(Draft draft, Value role) {
    switch (role) {
      case null -> draft.fail(Invalid.missing(List.of("roles", "role")));
      case StringValue(String name)
          when BuiltInRoles.has(name) && !RoleReferences.exists(draft, name) ->
          draft.fail(Invalid.builtInProviderRole(name));
      case StringValue(String name) when !RoleReferences.exists(draft, name) ->
          draft.fail(Invalid.unknownProviderRole(name));
      case StringValue _ -> {}
      case Ref ref when ref.collection() == SystemCollections.ROLE -> {}
      case Value other -> draft.fail(Invalid.type(ROLES, other, "Role"));
    }
  }

  private static void checkPredicate(Draft draft, Value predicate) {
    switch (predicate) {
      case null -> draft.fail(Invalid.missing(List.of("roles", "predicate")));
      case LambdaValue _ -> {}
      case Value other -> draft.fail(Invalid.type(List.of("roles", "predicate"), other, "Query"));
    }
  }
}
