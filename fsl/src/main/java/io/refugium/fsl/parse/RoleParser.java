package io.refugium.fsl.parse;

import io.refugium.fql10.schema.SchemaItem.AccessProviderItem;
import io.refugium.fql10.schema.SchemaItem.Action;
import io.refugium.fql10.schema.SchemaItem.Member;
import io.refugium.fql10.schema.SchemaItem.Membership;
import io.refugium.fql10.schema.SchemaItem.Privileges;
import io.refugium.fql10.schema.SchemaItem.RoleItem;
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

  RoleItem role(int start) {
    reader.cursor.skipNewlines();
    Name name = reader.name();
    reader.cursor.skipBlanks();
    reader.block(this::roleMember);
    return new RoleItem(reader.from(start), name, List.copyOf(privileges), List.copyOf(membership));
  }

  private void roleMember() {
    int start = reader.cursor.position();
    Name word = word();
    switch (word.text()) {
      case "privileges" -> privileges(start);
      case "membership" -> {
        Membership found = membership(start);
        members.add(found.resource().text(), found.resource().span());
        membership.add(found);
      }
      default -> unknown(word);
    }
  }

  private Name word() {
    if (!reader.cursor.atIdentifier()) {
      throw reader.cursor.expected("`}`");
    }
    return reader.cursor.word();
  }

  private void unknown(Name word) {
    reader.report(FslErrors.invalidMember(word.text(), word.span()));
    reader.skipUnknown();
  }

  private void privileges(int start) {
    reader.cursor.skipNewlines();
    Name resource = reader.name();
    resources.add(resource.text(), resource.span());
    reader.cursor.skipBlanks();
    List<Action> actions = new ArrayList<>();
    Reader.Seen seen = reader.new Seen("action");
    reader.block(
        () -> {
          int from = reader.cursor.position();
          Name word = word();
          if (!ACTIONS.contains(word.text())) {
            reader.report(FslErrors.invalidAction(word.text(), word.span()));
            reader.skipUnknown();
            return;
          }
          seen.add(word.text(), word.span());
          Optional<Expression> predicate = predicateBlock();
          actions.add(new Action(reader.from(from), word, predicate));
        });
    privileges.add(new Privileges(reader.from(start), resource, List.copyOf(actions)));
  }

  private Membership membership(int start) {
    reader.cursor.skipNewlines();
    Name resource = reader.name();
    Optional<Expression> predicate = predicateBlock();
    return new Membership(reader.from(start), resource, predicate);
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
    reader.block(
        () -> {
          Name word = word();
          if (!word.text().equals("predicate")) {
            unknown(word);
            return;
          }
          reader.cursor.skipNewlines();
          Expression lambda = reader.expression();
          if (!Reader.isLambda(lambda)) {
            reader.report(FslErrors.of("Expected lambda predicate", lambda.span()));
          }
          predicates.add(lambda);
        });
    if (predicates.isEmpty()) {
      reader.report(FslErrors.of("Expecting a predicate", reader.from(start)));
    } else if (predicates.size() > 1) {
      reader.report(FslErrors.of("Expected a single predicate member", reader.from(start)));
    }
    return predicates.stream().findFirst();
  }

  // --- access providers -----------------------------------------------------------------------

  Optional<AccessProviderItem> accessProvider(int start) {
    reader.cursor.skipBlanks();
    if (!reader.cursor.takeWord("provider")) {
      throw reader.cursor.expected("provider");
    }
    reader.cursor.skipNewlines();
    Name name = reader.name();
    reader.cursor.skipBlanks();
    reader.block(this::providerMember);
    if (issuer == null) {
      reader.report(FslErrors.of("Missing issuer", reader.from(start)));
    }
    if (jwksUri == null) {
      reader.report(FslErrors.of("Missing jwks uri", reader.from(start)));
    }
    return issuer == null || jwksUri == null
        ? Optional.empty()
        : Optional.of(
            new AccessProviderItem(
                reader.from(start), name, issuer, jwksUri, List.copyOf(membership)));
  }

  private void providerMember() {
    int start = reader.cursor.position();
    Name word = word();
    switch (word.text()) {
      case "issuer" -> {
        issuers.add("", word.span());
        issuer = text(start).orElse(issuer);
      }
      case "jwks_uri" -> {
        uris.add("", word.span());
        jwksUri = text(start).orElse(jwksUri);
      }
      case "role" -> {
        Membership role = membership(start);
        roles.add(role.resource().text(), role.resource().span());
        membership.add(role);
      }
      default -> unknown(word);
    }
  }

  private Optional<Member<String>> text(int start) {
    reader.cursor.skipBlanks();
    return reader
        .string()
        .map(literal -> new Member<>(reader.from(start), literal.value(), literal.span()));
  }
}
