package io.refugium.access;

import io.refugium.access.secret.Secret;
import io.refugium.access.secret.SecretHash;
import io.refugium.database.document.Document;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import java.util.Objects;

/**
 * Makes and checks secrets and passwords, for the {@link Preparation} of keys, tokens and
 * credentials. Only hashes get into documents (spec access 2.2, 4.2).
 */
public final class Secrets {
  static final String HASHED_SECRET = "hashed_secret";
  static final String HASHED_PASSWORD = "hashed_password";
  static final String INSTANCE = "instance";

  private final Session session;
  private final Vault vault;

  Secrets(Session session, Vault vault) {
    this.session = session;
    this.vault = vault;
  }

  /**
   * A secret that was just made.
   *
   * @param text what the client gets, once; never to be stored or logged
   * @param hash what is stored as {@code hashed_secret}
   */
  public record Issued(String text, String hash) {
    @Override
    public String toString() {
      return "Issued";
    }
  }

  /** A secret for a key that is being created. */
  public Issued forKey(Ref key) {
    return issue(Secret.forKey(key.id(), vault.random()));
  }

  /** A secret for a token that is being created. */
  public Issued forToken(Ref token) {
    return issue(Secret.forToken(token.id(), token.scope(), vault.random()));
  }

  private Issued issue(Secret secret) {
    session.transaction().requireWaiting();
    return new Issued(secret.text(), SecretHash.hash(secret.proof(), vault.random()));
  }

  /** The id of the key whose secret this text would be, or -1 when it is no key secret at all. */
  public static long keyIdOf(String secret) {
    return Secret.decode(secret) instanceof Secret.KeySecret key ? key.id() : -1;
  }

  /** A secret of a key that whoever creates the key has chosen: {@link #keyIdOf} is its id. */
  public Issued given(String secret) {
    return issue(Objects.requireNonNull(Secret.decode(secret), "not a secret"));
  }

  /** The hash of a password. */
  public String hashPassword(String password) {
    session.transaction().requireWaiting();
    return SecretHash.hash(password, vault.random());
  }

  /**
   * Whether a credential's password is this one; null stands for a missing credential, which costs
   * as much. Hashes may be slow on purpose, so the clock is looked at before each.
   */
  public boolean passwordMatches(Document credential, String password) {
    session.transaction().requireWaiting();
    session.checkDeadline();
    boolean hasHash = credential != null && credential.get(HASHED_PASSWORD) instanceof StringValue;
    String hash = hasHash ? ((StringValue) credential.get(HASHED_PASSWORD)).value() : null;
    boolean matches = SecretHash.matches(password, hash);
    if (!matches) {
      session.countWrongGuess();
    }
    return matches;
  }

  /**
   * The fields of a credential document as FQL v4 stores them: {@code password}, {@code
   * current_password} and {@code hashed_password} as given, replaced by the hash to keep (spec
   * access 4.2). Only server may set a hash or change a password without the current one.
   *
   * @param before the credential as stored, or null when it is being created
   * @param fields the complete fields as they would be, of valid types
   * @throws AccessException.InvalidPassword when the current password is needed and not right
   */
  public ObjectValue storeCredential(Document before, ObjectValue fields) {
    boolean server = session.permissions() == PermissionSet.BuiltIn.SERVER;
    String stored = before == null ? null : text(before.fields(), HASHED_PASSWORD);
    String password = text(fields, "password");
    String hash = server && fields.has(HASHED_PASSWORD) ? text(fields, HASHED_PASSWORD) : stored;
    if (password != null) {
      String current = text(fields, "current_password");
      boolean allowed =
          server || stored == null || current != null && passwordMatches(before, current);
      if (!allowed) {
        throw new AccessException.InvalidPassword();
      }
      hash = hashPassword(password);
    }
    ObjectValue rest =
        fields.without("password").without("current_password").without(HASHED_PASSWORD);
    return hash == null ? rest : rest.with(HASHED_PASSWORD, new StringValue(hash));
  }

  /**
   * Sets the password of a user document whose own write has been permitted, as {@code credentials}
   * in its parameters asks (spec access 4.2): with server rights, without the current password.
   *
   * @param credentials {@code password} or {@code hashed_password}, of valid types; nothing in it
   *     changes nothing
   * @throws AccessException.Denied to a delegate of the document
   */
  void setFor(Ref document, ObjectValue credentials) {
    String password = text(credentials, "password");
    String given = text(credentials, HASHED_PASSWORD);
    if (password == null && given == null) {
      return;
    }
    session.require(session.guard().decideNewPassword(document));
    String hash = password != null ? hashPassword(password) : given;
    Document credential = credentialOf(document);
    ObjectValue before =
        credential == null ? ObjectValue.of(INSTANCE, document) : credential.fields();
    ObjectValue after = before.with(HASHED_PASSWORD, new StringValue(hash));
    session.writing(
        () ->
            credential == null
                ? session.transaction().create(session.newRef(SystemCollections.CREDENTIAL), after)
                : session.transaction().put(credential.ref(), after));
  }

  /** Whether a document has a credential other than this one; it may have only one. */
  public boolean isTaken(Ref document, Ref credential) {
    Document known = credentialOf(document);
    return known != null && !known.ref().equals(credential);
  }

  /** The credential of a document, unguarded; null when there is none. */
  Document credentialOf(Ref document) {
    for (Ref ref : session.transaction().identities().credentialsOf(document)) {
      Document credential = session.peek(ref);
      if (credential != null) {
        return credential;
      }
    }
    return null;
  }

  /** The document of a key or token secret that is right, unguarded; null when there is none. */
  Document find(String text) {
    session.checkDeadline();
    Secret secret = Secret.decode(text);
    Document document =
        secret == null ? null : SecretDocuments.find(session.transaction(), vault, secret);
    if (document == null) {
      session.countWrongGuess();
    }
    return document;
  }

  /** Creates a token for a document, with server rights. */
  LoggedIn createToken(Ref ref, Ref document, ObjectValue params) {
    Issued issued = forToken(ref);
    ObjectValue fields =
        params.with(INSTANCE, document).with(HASHED_SECRET, new StringValue(issued.hash()));
    return new LoggedIn(
        session.writing(() -> session.transaction().create(ref, fields)), issued.text());
  }

  /** A token that was just made, with its secret. */
  public record LoggedIn(Document token, String secret) {
    @Override
    public String toString() {
      return "LoggedIn[" + token.ref() + "]";
    }
  }

  private static String text(ObjectValue object, String field) {
    return object.get(field) instanceof StringValue(String text) ? text : null;
  }
}
