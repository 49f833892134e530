package io.refugium.fsl;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.syntax.Name;
import java.util.ArrayList;
import java.util.List;

/** Finds what still names an item that gets another name. */
final class OldNames {
  private OldNames() {}

  /** The places in an item where a renamed one is named as it was. */
  static List<Diagnostic> in(SchemaItem item, SchemaItem renamed) {
    List<Diagnostic> errors = new ArrayList<>();
    String old = renamed.name().text();
    boolean resource = renamed instanceof CollectionItem || renamed instanceof FunctionItem;
    if (item instanceof RoleItem role && resource) {
      List<Name> resources = new ArrayList<>();
      role.privileges().forEach(entry -> resources.add(entry.resource()));
      role.membership().stream().map(Membership::resource).forEach(resources::add);
      resources.stream()
          .filter(name -> name.text().equals(old))
          .forEach(name -> errors.add(missing("Resource", name)));
    }
    if (item instanceof AccessProviderItem provider && renamed instanceof RoleItem) {
      provider.roles().stream()
          .map(Membership::resource)
          .filter(name -> name.text().equals(old))
          .forEach(name -> errors.add(missing("Role", name)));
    }
    return errors;
  }

  private static Diagnostic missing(String what, Name name) {
    return Diagnostic.error(what + " `" + name.text() + "` does not exist", name.span());
  }
}
