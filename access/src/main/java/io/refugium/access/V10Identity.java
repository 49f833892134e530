package io.refugium.access;

import io.refugium.database.document.Document;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/**
 * The functions of FQL v10 about credentials and who is asking (spec access 4.4). Unlike v4, login
 * lends no rights.
 */
public final class V10Identity {
  private final Session session;
  private final Secrets secrets;

  V10Identity(Session session) {
    this.session = session;
    this.secrets = session.secrets();
  }

  /**
   * {@code Credential.byDocument}: the credential of a document, or null; reading it is another
   * matter.
   */
  public Ref credentialOf(Ref document) {
    Document credential = secrets.credentialOf(document);
    return credential == null ? null : credential.ref();
  }

  /** {@code Token.byDocument}: the tokens of a document that may be read. */
  public List<Ref> tokensOf(Ref document) {
    session.transaction().counts().page();
    return session.transaction().identities().tokensOf(document).stream()
        .filter(session::mayRead)
        .toList();
  }

  /**
   * {@code cred.verify(secret)}.
   *
   * @throws AccessException.Denied when the credential may not be read
   * @throws AccessException.Missing when there is none
   */
  public boolean verify(Ref credential, String password) {
    return secrets.passwordMatches(readable(credential), password);
  }

  /**
   * {@code cred.login(secret, ttl)}: a token, if the password is right and the caller may create
   * tokens.
   *
   * @param params the other fields of the token: {@code ttl}
   * @return null when the password is wrong
   * @throws AccessException.Denied when the credential may not be read, or, the password being
   *     right, no token created
   */
  public Secrets.LoggedIn login(Ref credential, String password, ObjectValue params) {
    session.checkWritable();
    Document document = readable(credential);
    if (!secrets.passwordMatches(document, password)
        || !(document.get(Secrets.INSTANCE) instanceof Ref owner)) {
      return null;
    }
    Ref token = session.newRef(SystemCollections.TOKEN);
    ObjectValue contents = params.with(Secrets.INSTANCE, owner);
    session.require(session.decide(new Operation.Create(token, contents)));
    return secrets.createToken(token, owner, params);
  }

  /** {@code Query.identity()}: null without an identity, and for a JWT. */
  public Ref queryIdentity() {
    return session.identity();
  }

  /**
   * {@code Query.token()}: the token in use, or the payload of a JWT; null otherwise, for keys too.
   */
  public Value queryToken() {
    return switch (session.principal().loginSource()) {
      case LoginSource.Token(Ref token) -> token;
      case LoginSource.Jwt(Ref _, ObjectValue payload) -> payload;
      case LoginSource.Key _, LoginSource.Root _ -> null;
    };
  }

  private Document readable(Ref credential) {
    Document document = session.v10().read(credential, ReadTime.NOW).orDeny();
    if (document == null) {
      throw new AccessException.Missing(credential);
    }
    return document;
  }
}
