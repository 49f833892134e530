package io.refugium.database.sets;

import java.util.List;

/**
 * An operand of a merge, standing on its next entry: a cursor, or a list that was read ahead. Not
 * thread-safe.
 */
abstract sealed class Head {
  /** A step costs about a tenth of a seek. */
  static final int MOST_PATIENCE = 4;

  /** The entry it stands on, or null at the end. */
  Entry entry;

  /** How many steps are worth trying before a seek. */
  int patience = MOST_PATIENCE;

  /** Moves to the next entry. */
  abstract void advance();

  /** Moves past all entries before a gap (in the direction of the walk). */
  abstract void skipTo(Bound bound);

  /** A head on a cursor. */
  static final class Live extends Head {
    final EntryCursor cursor;

    Live(EntryCursor cursor) {
      this.cursor = cursor;
    }

    @Override
    void advance() {
      entry = cursor.next() ? cursor.entry() : null;
    }

    @Override
    void skipTo(Bound bound) {
      cursor.seek(bound);
      advance();
    }
  }

  /** A head on the entries of one key. */
  static final class Listed extends Head {
    private final List<Entry> entries;
    private int next;

    Listed(List<Entry> entries) {
      this.entries = entries;
      advance();
    }

    @Override
    void advance() {
      entry = next < entries.size() ? entries.get(next++) : null;
    }

    @Override
    void skipTo(Bound bound) {
      next = entries.size();
      entry = null;
    }
  }
}
