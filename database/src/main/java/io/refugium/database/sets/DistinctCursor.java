package io.refugium.database.sets;

import io.refugium.storage.Direction;
import java.util.List;

/** The first entry of each key; seeks the next key instead of walking over its repetitions. */
final class DistinctCursor extends GroupCursor {
  /** So many repetitions are walked over before the first of them is looked up. */
  private static final int STEPS_BEFORE_LOOKING_UP = 4;

  private final SetPlan plan;
  private final ReadContext context;
  private final Direction direction;

  DistinctCursor(SetPlan plan, ReadContext context, Direction direction) {
    super(context, List.of(plan.open(context, direction)), direction);
    this.plan = plan;
    this.context = context;
    this.direction = direction;
  }

  @Override
  boolean pairsMembers() {
    return false;
  }

  /** Whether a key comes out depends on where its first entry is. */
  @Override
  Head.Live enteredAnywhere(List<Head.Live> members) {
    return null;
  }

  @Override
  Entry nextGroup() {
    return heads.getFirst().entry;
  }

  @Override
  Entry nextMember(List<? extends Head> members, Entry group) {
    Head member = members.getFirst();
    if (!isMember(member, group)) {
      return null;
    }
    return direction == Direction.ASCENDING ? first(member, group) : firstFromBehind(member, group);
  }

  private Entry first(Head member, Entry group) {
    Entry result = member.entry;
    member.advance();
    if (isMember(member, group)) {
      leap(member, far(group.key()));
    }
    return result;
  }

  /** The first entry of a group when the walk has come to its last. */
  private Entry firstFromBehind(Head member, Entry group) {
    Entry result = member.entry;
    for (int i = 0; i < STEPS_BEFORE_LOOKING_UP; i++) {
      result = member.entry;
      member.advance();
      if (!isMember(member, group)) {
        return result;
      }
    }
    try (EntryCursor forwards = plan.open(context, Direction.ASCENDING)) {
      forwards.seek(Bound.before(group.key()));
      if (forwards.next()) {
        result = forwards.entry();
      }
    }
    member.skipTo(far(group.key()));
    return result;
  }
}
