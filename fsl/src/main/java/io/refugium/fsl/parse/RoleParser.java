package io.refugium.fsl.parse;

import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.Action;
import io.refugium.fql10.schema.SchemaItem.Member;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.Privileges;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code role Name { ... }} and {@code access provider Name { ... }}. One for each item. */
final class RoleParser {
  private static final Set<String> ACTIONS =
      Set.of(
          "create",
          "create_with_id",
          "delete",
          "read",
          "write",
          "history_read",
          "history_write",
          "unrestricted_read",
          "call");

  private final Reader reader;
  private final List<Privileges> privileges = new ArrayList<>();
  private final List<Membership> membership = new ArrayList<>();
  private Member<String> issuer;
  private Member<String> jwksUri;
  private final Reader.Seen resources;
  private final Reader.Seen members;
  private final Reader.Seen issuers;
  private final Reader.Seen uris;
  private final Reader.Seen roles;

  RoleParser(Reader reader) {
    this.reader = reader;
    this.resources = reader.new Seen("privileges");
    this.members = reader.new Seen("membership");
    this.issuers = reader.new Seen("issuer");
    this.uris = reader.new Seen("jwks uri");
    this.roles = reader.new Seen("role");
  }

  // --- roles ----------------------------------------------------------------------------------

  /** The role, whose keyword the cursor stands behind; empty after an error. */
  Optional<RoleItem> role(int start, Span keyword) {
    Optional<Name> name = reader.requiredName(keyword);
    if (name.isEmpty() || reader.requiredBlock(start, this::roleMember).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RoleItem(
            reader.from(start), name.get(), List.copyOf(privileges), List.copyOf(membership)));
  }

  private void roleMember() {
    int start = reader.cursor.position();
    Name word = reader.memberWord();
    switch (word.text()) {
      case "privileges" -> privileges(start, word.span());
      case "membership" -> membership(start, word.span(), members);
      default -> unknown(word);
    }
  }

  private void unknown(Name word) {
    reader.report(FslErrors.invalidMember(word.text(), word.span()));
    reader.skipUnknown();
  }

  private void privileges(int start, Span keyword) {
    Optional<Name> resource = reader.requiredName(keyword);
    if (resource.isEmpty()) {
      return;
    }
    resources.add(resource.get().text(), resource.get().span());
    List<Action> actions = new ArrayList<>();
    Reader.Seen seen = reader.new Seen("action");
    reader.requiredBlock(start, () -> action(seen).ifPresent(actions::add));
    privileges.add(new Privileges(reader.from(start), resource.get(), List.copyOf(actions)));
  }

  private Optional<Action> action(Reader.Seen seen) {
    int start = reader.cursor.position();
    Name word = reader.memberWord();
    if (!ACTIONS.contains(word.text())) {
      reader.report(FslErrors.invalidAction(word.text(), word.span()));
      reader.skipUnknown();
      return Optional.empty();
    }
    seen.add(word.text(), word.span());
    Optional<Expression> predicate = predicateBlock();
    return Optional.of(new Action(reader.from(start), word, predicate));
  }

  /** A membership of a role, or a role of an access provider. */
  private void membership(int start, Span keyword, Reader.Seen seen) {
    reader
        .requiredName(keyword)
        .ifPresent(
            resource -> {
              seen.add(resource.text(), resource.span());
              Optional<Expression> predicate = predicateBlock();
              membership.add(new Membership(reader.from(start), resource, predicate));
            });
  }

  /** {@code { predicate (lambda) }}, if it stands here. */
  private Optional<Expression> predicateBlock() {
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    if (reader.cursor.peek() != '{') {
      reader.cursor.moveTo(end);
      return Optional.empty();
    }
    int start = reader.cursor.position();
    List<Expression> predicates = new ArrayList<>();
    reader.block(() -> predicate().ifPresent(predicates::add));
    if (predicates.isEmpty()) {
      reader.report(FslErrors.of("Expecting a predicate", reader.from(start)));
    } else if (predicates.size() > 1) {
      reader.report(FslErrors.of("Expected a single predicate member", reader.from(start)));
    }
    return predicates.stream().findFirst();
  }

  private Optional<Expression> predicate() {
    int start = reader.cursor.position();
    Name word = reader.memberWord();
    if (!word.text().equals("predicate")) {
      unknown(word);
      return Optional.empty();
    }
    reader.cursor.skipNewlines();
    Optional<Expression> lambda = reader.requiredLiteral(start);
    lambda
        .filter(found -> !Reader.isParenthesizedLambda(found))
        .ifPresent(found -> reader.report(FslErrors.of("Expected lambda predicate", found.span())));
    return lambda;
  }

  // --- access providers -----------------------------------------------------------------------

  /** The provider; the cursor stands behind the first word of the keyword. */
  Optional<AccessProviderItem> accessProvider(int start, Span access) {
    reader.cursor.skipBlanks();
    if (!reader.cursor.takeWord("provider")) {
      throw reader.cursor.expected("provider");
    }
    Span keyword = reader.from(access.start());
    Optional<Name> name = reader.requiredName(keyword);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Span> block = reader.requiredBlock(start, this::providerMember);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    if (issuers.isEmpty()) {
      reader.report(FslErrors.of("Missing issuer", block.get()));
    }
    if (uris.isEmpty()) {
      reader.report(FslErrors.of("Missing jwks uri", block.get()));
    }
    return issuer == null || jwksUri == null
        ? Optional.empty()
        : Optional.of(
            new AccessProviderItem(
                reader.from(start), name.get(), issuer, jwksUri, List.copyOf(membership)));
  }

  private void providerMember() {
    int start = reader.cursor.position();
    Name word = reader.memberWord();
    switch (word.text()) {
      case "issuer" -> {
        issuers.add("", word.span());
        issuer = text(start).orElse(issuer);
      }
      case "jwks_uri" -> {
        uris.add("", word.span());
        jwksUri = text(start).orElse(jwksUri);
      }
      case "role" -> membership(start, word.span(), roles);
      default -> unknown(word);
    }
  }

  private Optional<Member<String>> text(int start) {
    return reader
        .requiredLiteral(start)
        .flatMap(
            value ->
                reader
                    .string(value)
                    .map(text -> new Member<>(reader.from(start), text, value.span())));
  }
}
