package io.refugium.fsl.diff;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fsl.diff.Paint.Style;
import io.refugium.fsl.print.Quotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells differences as a list of what was done (schema specification, section 9.2). */
public final class SemanticDiff {
  private final Paint out;
  private final boolean withDetails;
  private final Predicate<String> isEmpty;

  private SemanticDiff(boolean coloured, boolean withDetails, Predicate<String> isEmpty) {
    this.out = new Paint(coloured);
    this.withDetails = withDetails;
    this.isEmpty = isEmpty;
  }

  /**
   * One line an item and, unless it is a summary, what changed in it.
   *
   * @param isEmpty whether the collection of a name has no documents
   */
  public static String print(
      List<Change> changes, boolean summary, boolean coloured, Predicate<String> isEmpty) {
    SemanticDiff diff = new SemanticDiff(coloured, !summary, isEmpty);
    changes.forEach(diff::change);
    return diff.out.toString();
  }

  private void change(Change change) {
    PlacedItem item = change.item();
    switch (change) {
      case Change.Added added -> title("Adding", item, " to " + added.item().place());
      case Change.Removed removed -> title("Removing", item, " from " + removed.item().place());
      case Change.Modified(PlacedItem before, PlacedItem after) -> {
        boolean moved = !before.source().name().equals(after.source().name());
        title(
            "Modifying",
            item,
            " at "
                + after.place()
                + (moved ? " (previously defined at " + before.place() + ")" : ""));
      }
    }
    if (!withDetails) {
      out.plain("\n");
    } else if (hasDetails(change)) {
      out.plain(":\n");
      details(change);
    } else {
      out.plain("\n\n");
    }
  }

  private void title(String verb, PlacedItem item, String place) {
    out.add(Style.TITLE, "* " + verb + " " + item.kind() + " `" + item.name() + "`").plain(place);
  }

  // --- details --------------------------------------------------------------------------------

  private static boolean hasDetails(Change change) {
    return switch (change) {
      case Change.Modified _ -> true;
      case Change.Added(PlacedItem item) -> hasContents(item.item());
      case Change.Removed(PlacedItem item) -> hasContents(item.item());
    };
  }

  /** Whether an item says more than its kind and name must. */
  private static boolean hasContents(SchemaItem item) {
    return item.alias().isPresent()
        || switch (item) {
          case CollectionItem collection ->
              !Parts.of(collection).equals(Parts.of(Empty.like(collection)));
          case FunctionItem function -> function.role().isPresent();
          case RoleItem role -> !role.privileges().isEmpty() || !role.membership().isEmpty();
          case AccessProviderItem provider -> !provider.roles().isEmpty();
        };
  }

  private void details(Change change) {
    switch (change) {
      case Change.Added(PlacedItem after) -> details(Empty.like(after.item()), after.item());
      case Change.Removed(PlacedItem before) -> details(before.item(), Empty.like(before.item()));
      case Change.Modified(PlacedItem before, PlacedItem after) ->
          details(before.item(), after.item());
    }
  }

  private void details(SchemaItem before, SchemaItem after) {
    boolean printed =
        before instanceof CollectionItem old && after instanceof CollectionItem now
            ? groups(old, now)
            : lines(other(before, after).lines());
    if (!printed) {
      out.plain("  No semantic changes.\n\n");
    }
  }

  private boolean lines(List<Details.Line> lines) {
    for (Details.Line line : lines) {
      out.line(line.style(), "  ".repeat(line.depth()) + line.text());
    }
    if (!lines.isEmpty()) {
      out.plain("\n");
    }
    return !lines.isEmpty();
  }

  private boolean group(String title, Details... details) {
    List<Details.Line> all = Stream.of(details).flatMap(part -> part.lines().stream()).toList();
    if (all.isEmpty()) {
      return false;
    }
    out.plain("  * " + title + ":\n");
    return lines(all);
  }

  private boolean groups(CollectionItem before, CollectionItem after) {
    boolean printed = false;
    if (!isEmpty.test(before.name().text())) {
      List<Details.Line> steps = MigrationSteps.between(before, after);
      if (steps != null) {
        out.plain("  * Defined fields:\n");
        printed = true;
        if (!lines(steps)) {
          out.plain("\n");
        }
      }
    }
    printed |=
        group(
            "Computed fields",
            new Details()
                .compare(
                    Parts.computed(before),
                    Parts.computed(after),
                    name -> "computed field `" + name + "`",
                    name -> "change computed field `" + name + "`"));
    printed |=
        group(
            "Indexes",
            new Details()
                .compareNested(
                    Parts.indexes(before),
                    Parts.indexes(after),
                    name -> "index `" + name + "`",
                    SemanticDiff::index));
    printed |= group("Constraints", constraints(before, after));
    printed |=
        group("Configuration", alias(new Details(), before, after), configuration(before, after));
    return printed;
  }

  private static Details index(Map<String, String> before, Map<String, String> after) {
    Details details = new Details();
    for (String member : List.of("terms", "values")) {
      details.setting(
          member, Optional.ofNullable(before.get(member)), Optional.ofNullable(after.get(member)));
    }
    return details;
  }

  private static Details constraints(CollectionItem before, CollectionItem after) {
    return new Details()
        .compare(
            Parts.uniques(before),
            Parts.uniques(after),
            terms -> "unique constraint on " + terms,
            terms -> "")
        .compare(
            Parts.checks(before),
            Parts.checks(after),
            name -> "check constraint `" + name + "`",
            name -> "change check constraint `" + name + "` body");
  }

  /** A change of the days of history comes before those of the others, anything else after. */
  private Details configuration(CollectionItem before, CollectionItem after) {
    Details details = new Details();
    Optional<Long> oldDays = Parts.historyDays(before);
    Optional<Long> newDays = Parts.historyDays(after);
    boolean onBothSides = oldDays.isPresent() && newDays.isPresent();
    if (onBothSides) {
      historyDays(details, oldDays, newDays);
    }
    details.setting("ttl_days", Parts.ttlDays(before), Parts.ttlDays(after));
    details.setting("document_ttls", Parts.documentTtls(before), Parts.documentTtls(after));
    if (!onBothSides) {
      historyDays(details, oldDays, newDays);
    }
    return defaults(details, before, after);
  }

  private static void historyDays(Details details, Optional<Long> before, Optional<Long> after) {
    if (before.orElse(0L) != 0 || after.orElse(0L) != 0) {
      details.setting("history_days", before, after);
    }
  }

  /** Defaults of fields that are there before and after. */
  private static Details defaults(Details details, CollectionItem before, CollectionItem after) {
    Map<String, String> old = Parts.defaults(before);
    Map<String, String> now = Parts.defaults(after);
    for (String field : Parts.fields(after).keySet()) {
      if (!Parts.fields(before).containsKey(field)) {
        continue;
      }
      String path = "`." + field + "`";
      if (!old.containsKey(field) && now.containsKey(field)) {
        details.add("add default value to field " + path);
      } else if (old.containsKey(field) && !now.containsKey(field)) {
        details.remove("remove default value from field " + path);
      } else if (now.containsKey(field) && !now.get(field).equals(old.get(field))) {
        details.change("change default value of field " + path);
      }
    }
    return details;
  }

  /** The line about an alias; when it changes the old one is shown. */
  private static Details alias(Details details, SchemaItem before, SchemaItem after) {
    Optional<String> old = before.alias().map(name -> Quotes.name(name.text()));
    Optional<String> now = after.alias().map(name -> Quotes.name(name.text()));
    if (old.isPresent() && now.isPresent() && !old.equals(now)) {
      return details.change("change alias set to " + old.get());
    }
    return details.setting("alias", old, now);
  }

  // --- other kinds ----------------------------------------------------------------------------

  private static Details other(SchemaItem before, SchemaItem after) {
    Details details = new Details();
    if (!before.name().text().equals(after.name().text())) {
      details.change("rename to `" + after.name().text() + "`");
    }
    if (before instanceof FunctionItem old && after instanceof FunctionItem now) {
      return function(alias(details, before, after), old, now);
    }
    if (before instanceof RoleItem old && after instanceof RoleItem now) {
      return details
          .compareNested(
              Parts.privileges(old),
              Parts.privileges(now),
              name -> "privileges on `" + name + "`",
              (was, is) -> new Details().predicates(was, is, action -> action))
          .predicates(
              Parts.members(old.membership()),
              Parts.members(now.membership()),
              name -> "membership on `" + name + "`");
    }
    if (before instanceof AccessProviderItem old && after instanceof AccessProviderItem now) {
      return details
          .setting("issuer", text(old.issuer()), text(now.issuer()))
          .setting("jwks_uri", text(old.jwksUri()), text(now.jwksUri()))
          .predicates(
              Parts.members(old.roles()),
              Parts.members(now.roles()),
              name -> "role `" + name + "`");
    }
    return details;
  }

  private static Optional<String> text(SchemaItem.Member<String> member) {
    return Optional.of(Quotes.quote(member.value()));
  }

  private static Details function(Details details, FunctionItem before, FunctionItem after) {
    details.setting(
        "role",
        before.role().map(name -> Quotes.name(name.text())),
        after.role().map(name -> Quotes.name(name.text())));
    if (!Parts.signature(before).equals(Parts.signature(after))) {
      details.change("change signature");
    }
    if (!Parts.body(before).equals(Parts.body(after))) {
      details.change("change body");
    }
    return details;
  }
}
