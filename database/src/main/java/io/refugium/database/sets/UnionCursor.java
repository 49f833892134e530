package io.refugium.database.sets;

import io.refugium.storage.Direction;
import java.util.List;

/** Each key as often as in the operand that has it most often: the k-th of one is that of all. */
final class UnionCursor extends GroupCursor {
  UnionCursor(ReadContext context, List<EntryCursor> operands, Direction direction) {
    super(context, operands, direction);
  }

  @Override
  boolean pairsMembers() {
    return true;
  }

  @Override
  Entry nextGroup() {
    Entry first = null;
    for (Head head : heads) {
      if (head.entry != null && (first == null || compareKeys(head.entry, first) < 0)) {
        first = head.entry;
      }
    }
    return first;
  }

  @Override
  Entry nextMember(List<? extends Head> members, Entry group) {
    Entry first = null;
    for (Head member : members) {
      if (isMember(member, group) && (first == null || compareInOrder(member.entry, first) < 0)) {
        first = member.entry;
      }
    }
    if (first == null) {
      return null;
    }
    Entry result = withSources(first, members);
    for (Head member : members) {
      if (isMember(member, group)) {
        member.advance();
      }
    }
    return result;
  }
}
