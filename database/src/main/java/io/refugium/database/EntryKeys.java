package io.refugium.database;

import io.refugium.database.EntryExtractor.Entry;
import io.refugium.database.IndexDef.Component;
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
final class EntryKeys {
  private static final byte[] LIVES_FOR_EVER = {};

  private EntryKeys() {}

  /**
   * The key of an entry, or null when it is too large to be stored.
   *
   * @throws DatabaseException.TooLarge when terms and values fit but the key does not
   */
  static byte[] key(IndexDef index, Entry entry, Ref document) {
    KeyEncoder encoder = start(index);
    int start = encoder.size();
    encoder.terms(entry.terms());
    int afterTerms = encoder.size();
    putValues(encoder, index, entry.values());
    if (afterTerms - start > Limits.ENTRY_BYTES
        || encoder.size() - afterTerms > Limits.ENTRY_BYTES) {
      return null;
    }
    return encoder.document(document).exactness().toBytes();
  }

  /** What the keys of all entries with these terms begin with. */
  static byte[] prefix(IndexDef index, List<Value> terms) {
    KeyEncoder encoder = start(index);
    int start = encoder.size();
    encoder.terms(terms);
    if (encoder.size() - start > Limits.ENTRY_BYTES) {
      throw DatabaseException.TooLarge.lookup(encoder.size() - start);
    }
    return encoder.toBytes();
  }

  /** All entries with these terms and values: those that a unique index allows only once. */
  static KeyRange sameEntry(IndexDef index, Entry entry) {
    KeyEncoder encoder = start(index);
    encoder.terms(entry.terms());
    putValues(encoder, index, entry.values());
    return KeyRange.prefix(encoder.toBytes());
  }

  /** All entries of an index. */
  static KeyRange all(long scope, int index) {
    return KeyRange.prefix(start(scope, index).toBytes());
  }

  /** A key that lies in the gap: before or after everything that begins like the position. */
  static byte[] at(IndexDef index, List<Value> terms, Position position) {
    KeyEncoder encoder = start(index);
    encoder.terms(terms);
    List<Component> components = index.values();
    List<Value> values = position.values();
    for (int i = 0; i < Math.min(values.size(), components.size()); i++) {
      encoder.value(values.get(i), components.get(i).reverse());
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
  static KeyDecoder.Entry decode(byte[] key, int prefix, long scope, boolean[] descending) {
    return new KeyDecoder(key, prefix, scope).entry(descending);
  }

  static byte[] value(long ttl) {
    return ttl == Ttl.NEVER ? LIVES_FOR_EVER : ByteBuffer.allocate(Long.BYTES).putLong(ttl).array();
  }

  static long ttl(byte[] value) {
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
