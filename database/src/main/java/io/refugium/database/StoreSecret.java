package io.refugium.database;

import io.refugium.database.keys.Keyspace;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.Reader;
import io.refugium.storage.Store;
import io.refugium.storage.Version;
import io.refugium.storage.Write;
import java.security.SecureRandom;

/**
 * Random bytes that a store has had since it was first asked for them, and nobody knows who cannot
 * read the store: what servers of it sign with, so that the next start and other servers understand
 * what one has signed. Unlike a secret that a person has chosen, they cannot be guessed from what
 * was signed.
 */
public final class StoreSecret {
  /** How many there are. */
  public static final int BYTES = 32;

  private StoreSecret() {}

  /** The bytes of a store. */
  public static byte[] of(Store store) {
    byte[] known = read(store);
    while (known == null) {
      byte[] made = new byte[BYTES];
      new SecureRandom().nextBytes(made);
      byte[] key = Keyspace.secret();
      Commit commit = Commit.at(store.readPoint()).read(key).write(Write.put(key, made)).build();
      // Whoever loses reads what somebody else has made.
      known = store.commit(commit) instanceof CommitResult.Committed ? made : read(store);
    }
    return known;
  }

  private static byte[] read(Store store) {
    try (Reader reader = store.reader()) {
      Version version = reader.get(Keyspace.secret());
      return version == null ? null : version.value().clone();
    }
  }
}
