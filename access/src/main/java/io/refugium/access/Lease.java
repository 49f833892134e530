package io.refugium.access;

import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.RoleDef;
import io.refugium.database.document.Document;
import io.refugium.model.LongValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the rights of a request rested on: the secret's document, the principal, and every role of
 * it, each in its version. A stream keeps the lease that it was opened with; it has lost its rights
 * when authenticating anew, in a later transaction, fails or gives another lease (spec access 11).
 *
 * @param versions the times of the versions of the secret's document and of the roles, in the order
 *     of their references
 * @param sources the documents whose change may end it: those above, the identity, and the
 *     databases on the way to the principal's
 * @param expires when it ends by itself, microseconds since the epoch; {@link #NEVER} if it does
 *     not
 */
public record Lease(Principal principal, List<Version> versions, Set<Ref> sources, long expires) {
  /** The end of a lease that does not end by itself. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A document and when its version was written, in microseconds. */
  public record Version(Ref ref, long ts) {}

  /** Whether it has ended by itself. */
  boolean isOver() {
    return expires != NEVER
        && expires <= TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  }

  static Lease of(Session session) {
    Principal principal = session.principal();
    List<Version> versions = new ArrayList<>();
    Set<Ref> sources = new HashSet<>();
    long expires = expiryOf(principal.loginSource());
    Ref secret = documentOf(principal.loginSource());
    Document document = secret == null ? null : session.peek(secret);
    if (document != null) {
      versions.add(new Version(secret, document.ts()));
      expires = Math.min(expires, expiryOf(document));
    }
    if (principal.identity() != null) {
      sources.add(principal.identity());
      Document identity = session.peek(principal.identity());
      expires = identity == null ? expires : Math.min(expires, expiryOf(identity));
    }
    sources.addAll(principal.delegators());
    principal.permissions().effectiveRoles().stream()
        .map(role -> session.catalog().role(role.id()))
        .filter(Objects::nonNull)
        .map(RoleDef::document)
        .map(role -> new Version(role.ref(), role.ts()))
        .sorted(Comparator.comparingLong(version -> version.ref().id()))
        .forEach(versions::add);
    versions.forEach(version -> sources.add(version.ref()));
    sources.addAll(pathTo(session.catalog().database()));
    return new Lease(principal, List.copyOf(versions), Set.copyOf(sources), expires);
  }

  private static Ref documentOf(LoginSource source) {
    return switch (source) {
      case LoginSource.Root _ -> null;
      case LoginSource.Key(Ref key) -> key;
      case LoginSource.Token(Ref token) -> token;
      case LoginSource.Jwt jwt -> jwt.provider();
    };
  }

  private static List<Ref> pathTo(DatabaseInfo database) {
    List<Ref> path = new ArrayList<>();
    long scope = database.scope();
    for (long parent : database.ancestors()) {
      path.add(new Ref(parent, SystemCollections.DATABASE, scope));
      scope = parent;
    }
    return path;
  }

  private static long expiryOf(Document document) {
    return document.get("ttl") instanceof TimeValue ttl && ttl.fitsMicros()
        ? ttl.toMicros()
        : NEVER;
  }

  private static long expiryOf(LoginSource source) {
    return source instanceof LoginSource.Jwt jwt
            && jwt.payload().get("exp") instanceof LongValue(long seconds)
            && seconds < TimeUnit.MICROSECONDS.toSeconds(Long.MAX_VALUE)
        ? TimeUnit.SECONDS.toMicros(seconds)
        : NEVER;
  }
}
