package io.refugium.access;

import io.refugium.model.Ref;

/**
 * Why the access system refused something. Sealed: a language turns each kind into its own error
 * with its own wire text. Carries no stack trace: these are answers, not defects.
 */
public abstract sealed class AccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private AccessException(String message) {
    super(message, null, false, false);
  }

  /**
   * The secret, or what it asks for, is not accepted; why must not be told to the client (spec
   * access 2.5).
   */
  public static final class Unauthorized extends AccessException {
    Unauthorized() {
      super("Unauthorized");
    }
  }

  /**
   * The operation is not allowed: {@code permission denied} in FQL v4, {@code permission_denied} in
   * FQL v10.
   */
  public static final class Denied extends AccessException {
    private final transient Decision decision;

    Denied(Decision decision) {
      super("Insufficient privileges to perform the action.");
      this.decision = decision;
    }

    /** Why; for explanations, never for the caller. */
    public Decision decision() {
      return decision;
    }
  }

  /**
   * The index cannot be used, because nothing allows any read of its collection: {@code
   * permission_denied} in FQL v10.
   */
  public static final class CollectionDenied extends AccessException {
    private final String collection;

    CollectionDenied(String collection) {
      super("Insufficient privileges to read from collection %s.".formatted(collection));
      this.collection = collection;
    }

    /** The name of the collection, not its alias. */
    public String collection() {
      return collection;
    }
  }

  /** Only who holds a secret that may do anything gets decisions explained. */
  public static final class NotExplained extends AccessException {
    NotExplained() {
      super("Only an admin key or the root secret gets explanations.");
    }
  }

  /** The document that is to be written does not exist. */
  public static final class Missing extends AccessException {
    private final transient Ref ref;

    Missing(Ref ref) {
      super("Document not found.");
      this.ref = ref;
    }

    public Ref ref() {
      return ref;
    }
  }

  /** A write where only reading is allowed: in a predicate, in a request that must not write. */
  public static final class WriteRefused extends AccessException {
    private final boolean inPredicate;

    WriteRefused(boolean inPredicate) {
      super("A write is not allowed here.");
      this.inPredicate = inPredicate;
    }

    /** Whether it was a predicate that tried. */
    public boolean inPredicate() {
      return inPredicate;
    }
  }

  /** A schema document was to be changed while another schema waits to take its place. */
  public static final class SchemaStaged extends AccessException {
    SchemaStaged() {
      super("Cannot update schema while a schema is staged.");
    }
  }

  /** A document of another database was to be written. */
  public static final class ForeignWrite extends AccessException {
    private final transient Ref ref;

    ForeignWrite(Ref ref) {
      super("Cannot write a scoped ref.");
      this.ref = ref;
    }

    public Ref ref() {
      return ref;
    }
  }

  /**
   * The current password was needed to set a new one, and is wrong or missing (spec access 4.2).
   */
  public static final class InvalidPassword extends AccessException {
    InvalidPassword() {
      super("Invalid password at `current_password`.");
    }
  }
}
