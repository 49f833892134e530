package io.refugium.database.sets;

import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Combines sets by their keys (spec: fql4 7.5 and 7.6): goes from one key to the next and puts out
 * the entries that the combination has of it, its <em>group</em>.
 *
 * <p>Keys are the same when neither comes before the other, so {@code 1} and {@code 1.0} are.
 *
 * <p>Where several operands have entries of a key, which of them come out may depend on how many
 * came before ({@link #pairsMembers}). Such a group is worked through from its start: a position
 * inside it is reached from there, and a walk backwards reads it ahead. All other groups, those of
 * a single operand above all, are entered and left anywhere at the cost of a seek.
 */
abstract class GroupCursor implements EntryCursor {
  final List<Head.Live> heads;
  private final ReadContext context;
  private final Shape shape;
  private final boolean ascending;
  private boolean started;

  /** An entry of the current group, or null. */
  private Entry group;

  /** The rest of the current group if it had to be read ahead, otherwise null. */
  private List<Entry> readAhead;

  /** What lies not beyond this gap is left out; null for nothing. */
  private Bound start;

  private Entry current;

  GroupCursor(ReadContext context, List<EntryCursor> operands, Direction direction) {
    this.context = context;
    this.heads = operands.stream().map(Head.Live::new).toList();
    this.shape = Cursors.merged(operands);
    this.ascending = direction == Direction.ASCENDING;
  }

  /**
   * Moves the heads to the next key that the combination has and returns one of its entries; null
   * at the end.
   */
  abstract Entry nextGroup();

  /**
   * Whether the k-th entry that one operand has of a key belongs to the k-th of another, so that
   * entries are to be counted from the start of their group.
   */
  abstract boolean pairsMembers();

  /**
   * The next entry of a group, in the order of the set, or null when there is no other; the members
   * have passed the group then.
   */
  abstract Entry nextMember(List<? extends Head> members, Entry group);

  @Override
  public final Shape shape() {
    return shape;
  }

  @Override
  public final Entry entry() {
    return current;
  }

  @Override
  public final boolean next() {
    if (!started) {
      started = true;
      heads.forEach(Head::advance);
    }
    do {
      context.reader().checkDeadline();
      current = nextEntry();
    } while (current != null && start != null && !isBeyond(current, start));
    start = null;
    return current != null;
  }

  private Entry nextEntry() {
    while (true) {
      if (group == null) {
        group = nextGroup();
        if (group == null) {
          return null;
        }
        readAhead = ascending || !isPaired(group) ? null : readAhead(group);
      }
      Entry entry = readAhead == null ? nextMember(heads, group) : nextReadAhead();
      if (entry != null) {
        return entry;
      }
      group = null;
    }
  }

  private Entry nextReadAhead() {
    return readAhead.isEmpty() ? null : readAhead.removeLast();
  }

  private boolean isPaired(Entry key) {
    return pairsMembers() && heads.stream().filter(head -> isMember(head, key)).count() > 1;
  }

  private List<Entry> readAhead(Entry key) {
    List<Head> members = new ArrayList<>();
    for (Head head : heads) {
      List<Entry> entries = new ArrayList<>();
      while (isMember(head, key)) {
        context.reader().checkDeadline();
        entries.add(head.entry);
        head.advance();
      }
      members.add(new Head.Listed(entries.reversed()));
    }
    List<Entry> output = new ArrayList<>();
    for (Entry e = nextMember(members, key); e != null; e = nextMember(members, key)) {
      output.add(e);
    }
    return output;
  }

  @Override
  public final void seek(Bound bound) {
    started = true;
    group = null;
    readAhead = null;
    start = null;
    if (shape.values() > 0 && bound.components().size() > shape.values()) {
      seekInside(bound, bound.components().subList(0, shape.values()));
    } else {
      heads.forEach(head -> head.skipTo(bound));
    }
  }

  /**
   * Goes to a gap inside the group of a key, or to the start of the group to walk on from there.
   */
  private void seekInside(Bound bound, List<Value> key) {
    Bound end = far(key);
    heads.forEach(head -> head.skipTo(near(key)));
    List<Head.Live> members =
        heads.stream().filter(head -> head.entry != null && !isBeyond(head.entry, end)).toList();
    Head.Live entered = enteredAnywhere(members);
    if (entered == null || entered.cursor.shape().values() != shape.values()) {
      start = bound;
    } else {
      entered.skipTo(bound);
    }
  }

  /**
   * The only head whose place within a group matters, given those that have entries of its key;
   * null when the group is to be worked through from its start.
   */
  Head.Live enteredAnywhere(List<Head.Live> members) {
    return members.size() == 1 ? members.getFirst() : null;
  }

  private boolean isBeyond(Entry entry, Bound bound) {
    return shape.compare(entry, bound) > 0 == ascending;
  }

  /**
   * Moves a head forwards past a gap: by some steps if it is near, otherwise by seeking. Gaps of a
   * set resemble each other, so a head steps less where that was in vain, and more where it got
   * there.
   */
  final void leap(Head head, Bound bound) {
    for (int i = 0; i < head.patience; i++) {
      head.advance();
      if (head.entry == null || isBeyond(head.entry, bound)) {
        head.patience = Math.min(2 * head.patience, Head.MOST_PATIENCE);
        return;
      }
    }
    head.patience = Math.max(1, head.patience / 2);
    head.skipTo(bound);
  }

  final boolean isMember(Head head, Entry key) {
    return head.entry != null && shape.compareKeys(head.entry, key) == 0;
  }

  /** Negative when the left one comes first in the direction of the walk. */
  final int compareKeys(Entry left, Entry right) {
    int order = shape.compareKeys(left, right);
    return ascending ? order : -order;
  }

  /** Negative when the left one comes first in the order of the set. */
  final int compareInOrder(Entry left, Entry right) {
    return shape.compare(left, right);
  }

  /** The gap in front of a group. */
  final Bound near(List<Value> key) {
    return new Bound(key, ascending ? Bound.Edge.BEFORE : Bound.Edge.AFTER);
  }

  /** The gap behind a group. */
  final Bound far(List<Value> key) {
    return new Bound(key, ascending ? Bound.Edge.AFTER : Bound.Edge.BEFORE);
  }

  final void checkDeadline() {
    context.reader().checkDeadline();
  }

  /** The entry, with the sources of all these heads that stand on its key. */
  final Entry withSources(Entry entry, List<? extends Head> members) {
    Set<SetPlan> sources = new LinkedHashSet<>();
    for (Head member : members) {
      if (isMember(member, entry)) {
        sources.addAll(member.entry.sources());
      }
    }
    return entry.withSources(List.copyOf(sources));
  }

  @Override
  public final void close() {
    heads.forEach(head -> head.cursor.close());
  }
}
