package io.refugium.fsl.diff;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import java.util.List;
import java.util.Optional;

/** Items that say no more than they must: what added and removed items are compared with. */
final class Empty {
  private Empty() {}

  static SchemaItem like(SchemaItem item) {
    return switch (item) {
      case CollectionItem collection ->
          new CollectionItem(
              collection.span(),
              collection.name(),
              Optional.empty(),
              List.of(),
              List.of(),
              Optional.empty(),
              List.of(),
              List.of(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      case FunctionItem function ->
          new FunctionItem(
              function.span(),
              function.name(),
              Optional.empty(),
              Optional.empty(),
              function.body(),
              function.signature());
      case RoleItem role -> new RoleItem(role.span(), role.name(), List.of(), List.of());
      case AccessProviderItem provider ->
          new AccessProviderItem(
              provider.span(), provider.name(), provider.issuer(), provider.jwksUri(), List.of());
    };
  }
}
