package io.refugium.access;

import io.refugium.database.Document;
import io.refugium.database.RoleDef;
import io.refugium.model.Ref;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What the rights of a request rested on: the secret's document, the principal, and every role of
 * it, each in its version. A stream keeps the lease that it was opened with; it has lost its rights
 * when authenticating anew, in a later transaction, fails or gives another lease (spec access 11).
 *
 * @param versions the times of the versions of the secret's document and of the roles, in the order
 *     of their references
 */
public record Lease(Principal principal, List<Version> versions) {
  /** A document and when its version was written, in microseconds. */
  public record Version(Ref ref, long ts) {}

  static Lease of(Session session) {
    Principal principal = session.principal();
    List<Version> versions = new ArrayList<>();
    Ref secret =
        switch (principal.loginSource()) {
          case LoginSource.Root _ -> null;
          case LoginSource.Key(Ref key) -> key;
          case LoginSource.Token(Ref token) -> token;
          case LoginSource.Jwt jwt -> jwt.provider();
        };
    Document document = secret == null ? null : session.peek(secret);
    if (document != null) {
      versions.add(new Version(secret, document.ts()));
    }
    principal.permissions().effectiveRoles().stream()
        .map(role -> session.catalog().role(role.id()))
        .filter(Objects::nonNull)
        .map(RoleDef::document)
        .map(role -> new Version(role.ref(), role.ts()))
        .sorted(Comparator.comparingLong(version -> version.ref().id()))
        .forEach(versions::add);
    return new Lease(principal, List.copyOf(versions));
  }
}
