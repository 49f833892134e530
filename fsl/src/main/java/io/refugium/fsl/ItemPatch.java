package io.refugium.fsl;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.FunctionItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Name;
import io.refugium.fsl.print.ExpressionPrinter;
import io.refugium.fsl.print.ItemPrinter;
import io.refugium.fsl.print.ItemPrinter.Member;
import io.refugium.fsl.print.Quotes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Edits the text of an item so that it says what a schema document says, and leaves alone what need
 * not change (schema specification, section 8.8).
 */
final class ItemPatch {
  /** Replaces a stretch of text; one that is replaced by null goes with white space around it. */
  private record Edit(int start, int end, String text) {}

  private final SchemaItem item;
  private final SchemaItem wanted;
  private final String source;
  private final List<Edit> edits = new ArrayList<>();

  private ItemPatch(SchemaItem item, SchemaItem wanted) {
    this.item = item;
    this.wanted = wanted;
    this.source = item.span().source().text();
  }

  /**
   * Edits an item.
   *
   * @param text the file in which the item is, unchanged up to its end
   * @param wanted the item as it is to be, of the same kind and name
   */
  static void apply(StringBuilder text, SchemaItem item, SchemaItem wanted) {
    ItemPatch patch = new ItemPatch(item, wanted);
    patch.collect();
    patch.edits.sort(Comparator.comparingInt(Edit::start).reversed());
    for (Edit edit : patch.edits) {
      if (edit.text() == null) {
        cut(text, edit.start(), edit.end());
      } else {
        text.replace(edit.start(), edit.end(), edit.text());
      }
    }
  }

  private void collect() {
    if (item instanceof FunctionItem function && wanted instanceof FunctionItem now) {
      annotation("role", function.role(), now.role());
      function(function, now);
    }
    annotation("alias", item.alias(), wanted.alias());
    members(item.span(), 1, ItemPrinter.members(item), ItemPrinter.members(wanted));
  }

  private void annotation(String word, Optional<Name> old, Optional<Name> now) {
    if (old.map(Name::text).equals(now.map(Name::text))) {
      return;
    }
    if (word.equals("role") && old.isPresent() && now.isPresent()) {
      Span name = old.get().span();
      edits.add(new Edit(name.start(), name.end(), Quotes.name(now.get().text())));
      return;
    }
    old.ifPresent(
        name -> {
          int start = source.lastIndexOf('@', name.span().start());
          int end = source.indexOf(')', name.span().end()) + 1;
          edits.add(new Edit(start, end, null));
        });
    now.ifPresent(
        name -> {
          int keyword = keyword();
          edits.add(
              new Edit(keyword, keyword, "@" + word + "(" + Quotes.name(name.text()) + ")\n"));
        });
  }

  /** Where the keyword of the item stands, behind its annotations. */
  private int keyword() {
    List<Name> values = new ArrayList<>();
    item.alias().ifPresent(values::add);
    if (item instanceof FunctionItem function) {
      function.role().ifPresent(values::add);
    }
    int keyword = item.span().start();
    for (Name value : values) {
      keyword = Math.max(keyword, source.indexOf(')', value.span().end()) + 1);
    }
    while (Character.isWhitespace(source.charAt(keyword))) {
      keyword++;
    }
    return keyword;
  }

  private void function(FunctionItem function, FunctionItem now) {
    Span body = function.body().body().span();
    String block = ExpressionPrinter.block(now.body().body(), 0);
    if (!ExpressionPrinter.block(function.body().body(), 0).equals(block)) {
      edits.add(new Edit(body.start(), function.span().end(), block));
    }
    String signature = ItemPrinter.parameters(now);
    if (!ItemPrinter.parameters(function).equals(signature)) {
      edits.add(new Edit(function.body().span().start(), body.start(), signature + " "));
    }
  }

  // --- members --------------------------------------------------------------------------------

  /**
   * Edits the members of a block.
   *
   * @param block what ends with the closing brace
   * @param depth how far the members are indented
   */
  private void members(Span block, int depth, List<Member> members, List<Member> wanted) {
    Map<String, Member> missing = new HashMap<>();
    wanted.forEach(member -> missing.put(member.key(), member));
    for (Member member : members) {
      Member now = missing.remove(member.key());
      if (now == null && !member.text().equals("history_days 0")) {
        edits.add(new Edit(member.span().start(), member.span().end(), null));
      } else if (now != null && !now.text().equals(member.text())) {
        change(member, depth, now);
      }
    }
    StringBuilder added = new StringBuilder();
    for (Member member : inOrderOfAddition(wanted)) {
      if (missing.containsKey(member.key())) {
        added.append('\n').append("  ".repeat(depth)).append(member.text());
      }
    }
    if (!added.isEmpty()) {
      append(added.append('\n').append("  ".repeat(depth - 1)).toString(), block.end() - 1);
    }
  }

  private void change(Member member, int depth, Member now) {
    if (member.members().isEmpty() || now.members().isEmpty()) {
      edits.add(new Edit(member.span().start(), member.span().end(), now.text()));
    } else {
      members(member.span(), depth + 1, member.members(), now.members());
    }
  }

  /** The last of what a difference lists comes first; it lists the days of history last. */
  private static List<Member> inOrderOfAddition(List<Member> members) {
    List<Member> ordered = new ArrayList<>(members.reversed());
    ordered.sort(Comparator.comparing(member -> !member.key().equals("history_days")));
    return ordered;
  }

  /** Puts new members on lines of their own before the closing brace. */
  private void append(String added, int brace) {
    int end = brace;
    while (Character.isWhitespace(source.charAt(end - 1))) {
      end--;
    }
    edits.add(new Edit(end, brace, added));
  }

  /** Cuts a stretch of text with the semicolons behind it, and the white space on one side. */
  static void cut(StringBuilder text, int start, int end) {
    int to = end;
    while (to < text.length() && text.charAt(to) == ';') {
      to++;
    }
    int after = to;
    while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
      after++;
    }
    boolean newlineBehind = text.substring(to, after).indexOf('\n') >= 0;
    int before = start;
    while (before > 0 && Character.isWhitespace(text.charAt(before - 1))) {
      before--;
    }
    if (newlineBehind) {
      text.delete(before, to);
    } else {
      text.delete(start, after);
    }
  }
}
