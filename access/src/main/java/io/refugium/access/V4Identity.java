package io.refugium.access;

import io.refugium.access.jwt.Jwt;
import io.refugium.access.secret.Credentials;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.document.Document;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/** The functions of FQL v4 that log in and out and ask who is asking (spec access 4.3). */
public final class V4Identity {
  private final Session session;
  private final Secrets secrets;

  V4Identity(Session session) {
    this.session = session;
    this.secrets = session.secrets();
  }

  /**
   * {@code Login}: makes a token for a document if the password is right, with server rights.
   *
   * @param document whose credential is asked; null, like a document without one, for an empty set
   * @param params the other parameters: {@code ttl}, {@code data}
   * @return null when the document or the password is not right
   */
  public Secrets.LoggedIn login(Ref document, String password, ObjectValue params) {
    session.checkWritable();
    if (!identify(document, password)) {
      return null;
    }
    return secrets.createToken(session.newRef(SystemCollections.TOKEN), document, params);
  }

  /**
   * {@code Identify}: whether the password is right; needs no permission. Null documents and
   * passwords are not.
   */
  public boolean identify(Ref document, String password) {
    Document credential =
        document == null || !isHere(document) ? null : secrets.credentialOf(document);
    if (credential != null) {
      session.transaction().read(credential.ref()); // counts
    }
    return secrets.passwordMatches(credential, password == null ? "" : password)
        && password != null;
  }

  /**
   * {@code Logout}: ends the token in use, or all tokens of the identity; needs no permission.
   *
   * @return whether there was a token or identity to log out
   */
  public boolean logout(boolean all) {
    session.checkWritable();
    if (all) {
      Ref identity = session.principal().identity();
      if (identity != null) {
        session.transaction().identities().tokensOf(identity).forEach(this::deleteIfThere);
      }
      return identity != null;
    }
    if (session.principal().loginSource() instanceof LoginSource.Token(Ref token)) {
      deleteIfThere(token);
      return true;
    }
    return false;
  }

  private void deleteIfThere(Ref token) {
    if (session.peek(token) != null) {
      session.writing(() -> session.transaction().delete(token));
    }
  }

  /**
   * {@code Identity} and {@code CurrentIdentity}: a reference, or the subject of a JWT; null when
   * there is none.
   */
  public Value currentIdentity() {
    return session.principal().loginSource() instanceof LoginSource.Jwt(Ref _, ObjectValue payload)
        ? payload.get("sub")
        : session.identity();
  }

  /**
   * {@code CurrentToken}: the reference of the token or of a key stored in this database, or the
   * payload of a JWT; null when there is none to show.
   */
  public Value currentToken() {
    return switch (session.principal().loginSource()) {
      case LoginSource.Token(Ref token) -> token;
      case LoginSource.Key(Ref key) -> isHere(key) ? key : null;
      case LoginSource.Jwt(Ref _, ObjectValue payload) -> payload;
      case LoginSource.Root _ -> null;
    };
  }

  /**
   * What a reference literal with the id {@code self} means in a collection; null when it means
   * nothing here.
   */
  public Ref self(int collection) {
    Ref identity = session.principal().identity();
    if (collection == SystemCollections.TOKEN) {
      return session.principal().loginSource() instanceof LoginSource.Token(Ref token)
          ? token
          : null;
    }
    if (collection == SystemCollections.CREDENTIAL) {
      Document credential = identity == null ? null : secrets.credentialOf(identity);
      return credential == null ? null : credential.ref();
    }
    return identity != null && identity.collection() == collection ? identity : null;
  }

  /**
   * {@code KeyFromSecret} of the secret of a key or token: its document, if the secret is right and
   * the caller may read it.
   *
   * @return null when there is none, or none that may be read
   */
  public Document keyFromSecret(String text) {
    Document document = secrets.find(text);
    return document != null && session.mayRead(document.ref())
        ? session.transaction().read(document.ref()) // counts
        : null;
  }

  /**
   * {@code KeyFromSecret} of a JSON Web Token: the document of the database that it is for. Whether
   * the token is vouched for does not matter: it tells nothing that the caller may not read.
   *
   * @return null when it is no such token, or for no database that exists
   * @throws AccessException.Denied when the database may not be read
   */
  public Ref databaseOfJwt(String text) {
    Jwt token = Credentials.looksLikeJwt(text) ? Jwt.parse(text) : null;
    DatabaseInfo database = token == null ? null : session.transaction().database(token.scope());
    if (database == null || database.isRoot()) {
      return null;
    }
    Ref document = database.document().ref();
    session.require(session.decide(new Operation.Read(document)));
    return document;
  }

  private boolean isHere(Ref ref) {
    return ref.scope() == session.scope();
  }
}
