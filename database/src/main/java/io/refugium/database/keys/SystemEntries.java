package io.refugium.database.keys;

import io.refugium.database.document.Document;
import io.refugium.database.document.Ttl;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Keys;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entries of the indexes that every database has of itself (spec: fql4 10.7): schema documents
 * by name, credentials and tokens by document, keys by database and by id alone, databases by
 * global id, delegating documents by delegate. A pure function of the document.
 */
public final class SystemEntries {
  /** Stands in the name index for the issuers of access providers, which are unique too. */
  public static final int ISSUERS = 1000 + SystemCollections.ACCESS_PROVIDER;

  private static final byte[] NOTHING = {};

  private SystemEntries() {}

  /** Keys and values; none for no document. */
  public static Map<byte[], byte[]> of(Document document) {
    if (document == null) {
      return Collections.emptyMap();
    }
    long ttl = Ttl.of(document.fields());
    if (SystemCollections.isUser(document.ref().collection())
        && ttl == Ttl.NEVER
        && !document.fields().has("delegates")) {
      return Collections.emptyMap();
    }
    Map<byte[], byte[]> entries = new TreeMap<>(Keys.ORDER);
    if (ttl != Ttl.NEVER) {
      entries.put(Keyspace.expiry(ttl, document.ref()), NOTHING);
    }
    if (SystemCollections.isUser(document.ref().collection())) {
      delegations(entries, document);
    } else {
      nativeEntries(entries, document);
    }
    return entries;
  }

  private static void nativeEntries(Map<byte[], byte[]> entries, Document document) {
    Ref ref = document.ref();
    ObjectValue fields = document.fields();
    if (isNamed(ref.collection())) {
      byName(
          entries,
          ref,
          ref.collection(),
          fields.get("name") instanceof StringValue(String name) ? name : null);
    }
    switch (ref.collection()) {
      case SystemCollections.DATABASE ->
          entries.put(Keyspace.parent(ref.id()), number(ref.scope()));
      case SystemCollections.KEY -> {
        entries.put(Keyspace.keyScope(ref.id()), number(ref.scope()));
        if (fields.get("database") instanceof Ref database) {
          entries.put(Keyspace.databaseKey(database, ref.id()), NOTHING);
        }
      }
      case SystemCollections.TOKEN -> {
        if (fields.get("instance") instanceof Ref instance) {
          entries.put(Keyspace.token(instance, ref.id()), NOTHING);
        }
      }
      case SystemCollections.CREDENTIAL -> {
        if (fields.get("instance") instanceof Ref instance) {
          entries.put(Keyspace.credential(instance, ref.id()), NOTHING);
        }
      }
      case SystemCollections.ACCESS_PROVIDER ->
          byName(
              entries,
              ref,
              ISSUERS,
              fields.get("issuer") instanceof StringValue(String issuer) ? issuer : null);
      default -> {}
    }
  }

  private static void delegations(Map<byte[], byte[]> entries, Document document) {
    if (document.get("delegates") instanceof ArrayValue delegates) {
      for (Value delegate : delegates.values()) {
        if (delegate instanceof Ref ref) {
          entries.put(Keyspace.delegation(ref, document.ref()), NOTHING);
        }
      }
    }
  }

  /** Whether documents of this system collection are identified by name. */
  public static boolean isNamed(int collection) {
    return SystemCollections.isNamed(collection);
  }

  private static void byName(Map<byte[], byte[]> entries, Ref ref, int kind, String name) {
    if (name != null) {
      entries.put(Keyspace.name(ref.scope(), kind, name), number(ref.id()));
    }
  }

  public static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  public static long number(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }
}
