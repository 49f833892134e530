package io.refugium.access;

import io.refugium.model.Ref;
import java.util.List;

/**
 * Who is asking: the result of authenticating a request, fixed for its duration (spec access 1,
 * 13.1).
 *
 * @param loginSource what it was authenticated with
 * @param identity the document that it acts as, or null
 * @param delegators the documents that list the identity among their delegates: their rights count
 *     as well (section 8)
 * @param permissions the rights it starts with
 * @param scope the database that the query runs in
 * @param authScope the database that holds the secret; another one with a path or a key made for a
 *     child
 */
public record Principal(
    LoginSource loginSource,
    Ref identity,
    List<Ref> delegators,
    PermissionSet permissions,
    long scope,
    long authScope) {
  public Principal {
    delegators = List.copyOf(delegators);
  }

  /** The same with other rights to start with. */
  Principal with(PermissionSet other) {
    return new Principal(loginSource, identity, delegators, other, scope, authScope);
  }

  /** The same at work in another database. */
  Principal in(long other) {
    return new Principal(loginSource, identity, delegators, permissions, other, authScope);
  }

  /**
   * Whether this is the root secret with all its rights, not at work in another database, as a
   * document or with a role: what concerns all databases at once is open to nobody else.
   */
  public boolean isRoot() {
    return loginSource instanceof LoginSource.Root
        && scope == Ref.ROOT
        && permissions == PermissionSet.BuiltIn.ADMIN;
  }

  /** Whether it acts as this document, or for it as a delegate. */
  public boolean actsFor(Ref document) {
    return document.equals(identity) || delegators.contains(document);
  }

  /** Whether it acts as, or for, a document of this collection. */
  public boolean actsForMemberOf(Ref collection) {
    if (isMember(identity, collection)) {
      return true;
    }
    for (Ref delegator : delegators) {
      if (isMember(delegator, collection)) {
        return true;
      }
    }
    return false;
  }

  /** Collections of different databases may have the same id. */
  private static boolean isMember(Ref document, Ref collection) {
    return document != null
        && document.scope() == collection.scope()
        && document.collection() == collection.id();
  }
}
