package io.refugium.fsl.diff;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.source.Source;

/**
 * An item and where it starts, its comment included.
 *
 * @param start offset in the source of the item
 */
public record PlacedItem(SchemaItem item, int start) {
  /** What kind of item it is, in the order in which kinds are listed. */
  int rank() {
    return switch (item) {
      case CollectionItem _ -> 0;
      case FunctionItem _ -> 1;
      case RoleItem _ -> 2;
      case AccessProviderItem _ -> 3;
    };
  }

  String kind() {
    return switch (item) {
      case CollectionItem _ -> "collection";
      case FunctionItem _ -> "function";
      case RoleItem _ -> "role";
      case AccessProviderItem _ -> "access provider";
    };
  }

  String name() {
    return item.name().text();
  }

  Source source() {
    return item.span().source();
  }

  /** The place as {@code file:line:column}. */
  String place() {
    return source().name() + ":" + source().lineOf(start) + ":" + source().columnOf(start);
  }
}
