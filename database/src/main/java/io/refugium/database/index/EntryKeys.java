package io.refugium.database.index;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.catalog.IndexDef.Component;
import io.refugium.database.document.Ttl;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.KeyDecoder;
import io.refugium.model.KeyEncoder;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The stored form of index entries. The key is area, scope, index, terms by equality, values in the
 * order of the index, document; the value holds nothing but the time to live of the document, so
 * that scans need not read documents to skip expired ones.
 */
public final class EntryKeys {
  private static final byte[] LIVES_FOR_EVER = {};

  private EntryKeys() {}

  /** The key of an entry, or null when the entry is too large to be stored. */
  public static byte[] key(IndexDef index, IndexEntry entry, Ref document) {
    KeyEncoder encoder = start(index);
    encoder.terms(entry.terms());
    putValues(encoder, index, entry.values());
    byte[] key = encoder.document(document).exactness().toBytes();
    boolean small = key.length <= Limits.ENTRY_BYTES / 2;
    return small || (fits(entry) && key.length <= Limits.ENTRY_KEY_BYTES) ? key : null;
  }

  private static boolean fits(IndexEntry entry) {
    return EntrySize.of(entry.terms()) <= Limits.ENTRY_BYTES
        && EntrySize.of(entry.values()) <= Limits.ENTRY_BYTES;
  }

  /**
   * What the keys of all entries with these terms begin with.
   *
   * @throws DatabaseException.TooLarge when no entry can have terms of that size
   */
  public static byte[] prefix(IndexDef index, List<Value> terms) {
    byte[] prefix = start(index).terms(terms).toBytes();
    if (prefix.length > Limits.ENTRY_BYTES / 2) {
      long size = EntrySize.of(terms);
      if (size > Limits.ENTRY_BYTES) {
        throw DatabaseException.TooLarge.lookup(size);
      }
    }
    return prefix;
  }

  /** All entries with these terms and values: those that a unique index allows only once. */
  public static KeyRange sameEntry(IndexDef index, IndexEntry entry) {
    KeyEncoder encoder = start(index);
    encoder.terms(entry.terms());
    putValues(encoder, index, entry.values());
    return KeyRange.prefix(encoder.toBytes());
  }

  /** All entries of an index. */
  public static KeyRange all(long scope, int index) {
    return KeyRange.prefix(start(scope, index).toBytes());
  }

  /** A key that lies in the gap: before or after everything that begins like the position. */
  public static byte[] at(IndexDef index, List<Value> terms, Position position) {
    KeyEncoder encoder = start(index);
    encoder.terms(terms);
    List<Component> components = index.values();
    List<Value> values = position.values();
    int count = Math.min(values.size(), components.size());
    for (int i = 0; i < count; i++) {
      boolean descending = components.get(i).reverse();
      if (position.open() && i == count - 1 && values.get(i) instanceof ArrayValue elements) {
        encoder.arrayPrefix(elements, descending);
      } else {
        encoder.value(values.get(i), descending);
      }
    }
    if (position.ref() != null) {
      encoder.document(position.ref());
    }
    byte[] key = encoder.toBytes();
    return position.edge() == Position.Edge.BEFORE ? key : Keys.afterPrefix(key);
  }

  /**
   * Values and document of an entry.
   *
   * @param prefix the length of what comes before the values
   * @param descending which values are in descending order
   */
  public static KeyDecoder.Entry decode(byte[] key, int prefix, long scope, boolean[] descending) {
    return new KeyDecoder(key, prefix, scope).entry(descending);
  }

  /** The database of an entry's key. */
  public static long scope(byte[] key) {
    return afterMarker(key).number();
  }

  /** The index of an entry's key. */
  public static int index(byte[] key) {
    KeyDecoder decoder = afterMarker(key);
    decoder.number();
    return (int) decoder.number();
  }

  private static KeyDecoder afterMarker(byte[] key) {
    return new KeyDecoder(key, 1, Ref.ROOT);
  }

  public static byte[] value(long ttl) {
    return ttl == Ttl.NEVER ? LIVES_FOR_EVER : ByteBuffer.allocate(Long.BYTES).putLong(ttl).array();
  }

  public static long ttl(byte[] value) {
    return value.length == 0 ? Ttl.NEVER : ByteBuffer.wrap(value).getLong();
  }

  private static void putValues(KeyEncoder encoder, IndexDef index, List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      encoder.value(values.get(i), index.values().get(i).reverse());
    }
  }

  private static KeyEncoder start(IndexDef index) {
    return start(index.scope(), index.id());
  }

  private static KeyEncoder start(long scope, int index) {
    return new KeyEncoder(scope).marker(Keyspace.ENTRY).number(scope).number(index);
  }
}
