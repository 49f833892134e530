package io.refugium.access;

import io.refugium.database.catalog.AccessProviderDef;
import io.refugium.database.catalog.Catalog;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A role that an access provider gives to holders of its tokens (spec access 9.1).
 *
 * @param predicate decides about a token's claims, or null when all get the role
 */
record ProviderRole(Ref role, Predicate predicate) {
  /** The roles of a provider that exist, compiled at most once for each version of the schema. */
  static List<ProviderRole> of(AccessProviderDef provider, Catalog catalog, Languages languages) {
    return catalog.memo(
        new MemoKey(provider.document().ref()), () -> compile(provider, catalog, languages));
  }

  private record MemoKey(Ref provider) {}

  private static List<ProviderRole> compile(
      AccessProviderDef provider, Catalog catalog, Languages languages) {
    List<Value> entries =
        switch (provider.roles()) {
          case null -> List.of();
          case ArrayValue(List<Value> several) -> several;
          case Value one -> List.of(one);
        };
    List<ProviderRole> roles = new ArrayList<>();
    for (Value entry : entries) {
      Ref role =
          RoleNames.userRole(
              entry instanceof ObjectValue object ? object.get("role") : entry, catalog);
      Value source = entry instanceof ObjectValue object ? object.get("predicate") : null;
      boolean conditional = source != null && source != NullValue.NULL;
      boolean readable = source instanceof StringValue || source instanceof LambdaValue;
      if (role != null && (!conditional || readable)) {
        roles.add(new ProviderRole(role, conditional ? languages.compile(catalog, source) : null));
      }
    }
    return List.copyOf(roles);
  }
}
