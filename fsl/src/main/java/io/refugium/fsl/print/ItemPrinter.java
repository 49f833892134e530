package io.refugium.fsl.print;

import io.refugium.fql10.schema.Migration;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.Action;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.schema.SchemaItem.Index;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.Part;
import io.refugium.fql10.schema.SchemaItem.Privileges;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints items in canonical form (schema specification, section 8.7). */
public final class ItemPrinter {
  private final StringBuilder out = new StringBuilder();
  private List<Member> members = new ArrayList<>();

  private ItemPrinter() {}

  /** The text of an item, with a newline at the end. */
  public static String print(SchemaItem item) {
    ItemPrinter printer = new ItemPrinter();
    printer.item(item);
    return printer.out.toString();
  }

  private void item(SchemaItem item) {
    switch (item) {
      case CollectionItem collection -> collection(collection);
      case FunctionItem function -> function(function);
      case RoleItem role -> role(role);
      case AccessProviderItem provider -> provider(provider);
    }
  }

  /**
   * A member of an item in canonical form.
   *
   * @param key what tells it apart from others of the item
   * @param span where it stands
   * @param text without the indentation of its first line and the last newline
   * @param members of the block that it is, if it is one
   */
  public record Member(String key, Span span, String text, List<Member> members) {}

  /** The members of an item but for annotations, in the order in which they are printed. */
  public static List<Member> members(SchemaItem item) {
    ItemPrinter printer = new ItemPrinter();
    printer.item(item);
    return printer.members;
  }

  private void member(String key, Span span, Runnable print) {
    List<Member> siblings = members;
    members = new ArrayList<>();
    int start = out.length();
    print.run();
    siblings.add(new Member(key, span, out.substring(start).strip(), members));
    members = siblings;
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private void annotation(String word, Optional<Name> value) {
    value.ifPresent(name -> line(0, "@" + word + "(" + Quotes.name(name.text()) + ")"));
  }

  // --- collections ----------------------------------------------------------------------------

  private void collection(CollectionItem item) {
    annotation("alias", item.alias());
    line(0, "collection " + Quotes.name(item.name().text()) + " {");
    item.fields()
        .forEach(
            field ->
                member("field " + field.name().text(), field.span(), () -> line(1, field(field))));
    item.computed()
        .forEach(
            field ->
                member(
                    "compute " + field.name().text(),
                    field.span(),
                    () -> line(1, computed(field))));
    item.wildcard()
        .ifPresent(
            wildcard ->
                member(
                    "wildcard",
                    wildcard.span(),
                    () -> line(1, "*: " + TypeText.print(wildcard.type()))));
    item.indexes()
        .forEach(index -> member("index " + index.name().text(), index.span(), () -> index(index)));
    for (SchemaItem.Unique unique : item.uniques()) {
      String text = "unique " + terms(unique.terms());
      member(text, unique.span(), () -> line(1, text));
    }
    item.checks()
        .forEach(check -> member("check " + check.name().text(), check.span(), () -> check(check)));
    setting("history_days", item.historyDays());
    setting("ttl_days", item.ttlDays());
    setting("document_ttls", item.documentTtls());
    item.migrations()
        .ifPresent(block -> member("migrations", block.span(), () -> migrations(block)));
    line(0, "}");
  }

  private void setting(String word, Optional<? extends SchemaItem.Member<?>> setting) {
    setting.ifPresent(
        member -> member(word, member.span(), () -> line(1, word + " " + member.value())));
  }

  private void check(SchemaItem.Check check) {
    line(
        1, "check " + check.name().text() + " " + ExpressionPrinter.parenthesized(check.body(), 1));
  }

  private void migrations(SchemaItem.Migrations block) {
    line(1, "migrations {");
    block.statements().forEach(statement -> line(2, statement(statement)));
    line(1, "}");
  }

  /** A defined field on its line. */
  public static String field(SchemaItem.Field field) {
    String text = Quotes.name(field.name().text()) + ": " + TypeText.print(field.type());
    return field
        .defaultValue()
        .map(value -> text + " = " + ExpressionPrinter.print(value, 1))
        .orElse(text);
  }

  private static String computed(SchemaItem.Computed field) {
    String type = field.type().map(found -> ": " + TypeText.print(found)).orElse("");
    return "compute "
        + field.name().text()
        + type
        + " = "
        + ExpressionPrinter.body(field.body(), 1);
  }

  private void index(Index index) {
    line(1, "index " + index.name().text() + " {");
    paths("terms", index.terms(), ItemPrinter::terms);
    paths("values", index.values(), ItemPrinter::values);
    line(1, "}");
  }

  private void paths(
      String word,
      Optional<SchemaItem.Member<List<Part>>> paths,
      Function<List<Part>, String> print) {
    paths.ifPresent(
        found ->
            member(word, found.span(), () -> line(2, word + " " + print.apply(found.value()))));
  }

  /** The terms of an index or unique constraint, in brackets. */
  public static String terms(List<Part> terms) {
    return terms.stream().map(ItemPrinter::term).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String term(Part part) {
    return part.mva().orElse(false) ? "mva(" + part.path().text() + ")" : part.path().text();
  }

  /** The values of an index, in brackets. */
  public static String values(List<Part> values) {
    return values.stream()
        .map(part -> part.descending().orElse(false) ? "desc(" + term(part) + ")" : term(part))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String statement(Migration statement) {
    return switch (statement) {
      case Migration.Split split ->
          "split "
              + split.field().text()
              + " -> "
              + split.to().stream().map(path -> path.text()).collect(Collectors.joining(", "));
      case Migration.Backfill backfill ->
          "backfill "
              + backfill.field().text()
              + " = "
              + ExpressionPrinter.print(backfill.value(), 2);
      default -> statement.key();
    };
  }

  // --- functions ------------------------------------------------------------------------------

  private void function(FunctionItem item) {
    annotation("alias", item.alias());
    annotation("role", item.role());
    line(
        0,
        "function "
            + Quotes.name(item.name().text())
            + parameters(item)
            + " "
            + ExpressionPrinter.block(item.body().body(), 0));
  }

  /** The parameters of a function with what types there are. */
  public static String parameters(FunctionItem item) {
    Optional<TypeExpression.Function> signature =
        item.signature().map(TypeExpression.Function.class::cast);
    List<String> parameters = new ArrayList<>();
    List<Name> names = item.body().parameters();
    for (int i = 0; i < names.size(); i++) {
      int place = i;
      parameters.add(
          names.get(i).text()
              + signature
                  .filter(function -> place < function.parameters().size())
                  .map(function -> ": " + TypeText.print(function.parameters().get(place).type()))
                  .orElse(""));
    }
    item.body()
        .rest()
        .ifPresent(
            rest ->
                parameters.add(
                    "..."
                        + rest.text()
                        + signature
                            .flatMap(TypeExpression.Function::rest)
                            .map(type -> ": " + TypeText.print(type.type()))
                            .orElse("")));
    return "("
        + String.join(", ", parameters)
        + ")"
        + signature.map(function -> ": " + TypeText.print(function.result())).orElse("");
  }

  // --- roles and access providers -------------------------------------------------------------

  private void role(RoleItem item) {
    line(0, "role " + Quotes.name(item.name().text()) + " {");
    for (Privileges entry : item.privileges()) {
      member("privileges " + entry.resource().text(), entry.span(), () -> privileges(entry));
    }
    item.membership().forEach(entry -> member("membership", entry));
    line(0, "}");
  }

  private void privileges(Privileges privileges) {
    line(1, "privileges " + Quotes.name(privileges.resource().text()) + " {");
    for (Action action : privileges.actions()) {
      String word = action.name().text();
      member(word, action.span(), () -> predicate(2, word, action.predicate()));
    }
    line(1, "}");
  }

  private void member(String word, Membership entry) {
    String name = entry.resource().text();
    member(
        word + " " + name,
        entry.span(),
        () -> predicate(1, word + " " + Quotes.name(name), entry.predicate()));
  }

  private void predicate(int depth, String head, Optional<Expression> predicate) {
    if (predicate.isEmpty()) {
      line(depth, head);
      return;
    }
    line(depth, head + " {");
    line(
        depth + 1,
        "predicate " + ExpressionPrinter.parenthesized(predicate.orElseThrow(), depth + 1));
    line(depth, "}");
  }

  private void provider(AccessProviderItem item) {
    line(0, "access provider " + Quotes.name(item.name().text()) + " {");
    address("issuer", item.issuer());
    address("jwks_uri", item.jwksUri());
    item.roles().forEach(role -> member("role", role));
    line(0, "}");
  }

  private void address(String word, SchemaItem.Member<String> address) {
    member(word, address.span(), () -> line(1, word + " " + Quotes.quote(address.value())));
  }
}
