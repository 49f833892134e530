package io.refugium.access;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;

/**
 * What the request was authenticated with. Never changes during a request, whatever rights the
 * running code has (spec access 1).
 */
public sealed interface LoginSource {
  /** The root secret of the server. */
  record Root() implements LoginSource {}

  /**
   * A key; its reference has the scope of the database that stores it, which need not be the one it
   * opens.
   */
  record Key(Ref ref) implements LoginSource {}

  /** A token. */
  record Token(Ref ref) implements LoginSource {}

  /**
   * A JSON Web Token that was verified.
   *
   * @param provider the access provider that vouches for it
   * @param payload its claims
   */
  record Jwt(Ref provider, ObjectValue payload) implements LoginSource {}
}
