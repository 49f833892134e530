package io.refugium.database.sets;

import io.refugium.storage.Direction;
import java.util.List;

/**
 * Each key as often as in the operand that has it least often. Operands leap over each other: one
 * that is behind seeks the key that another is at.
 */
final class IntersectionCursor extends GroupCursor {
  IntersectionCursor(ReadContext context, List<EntryCursor> operands, Direction direction) {
    super(context, operands, direction);
  }

  @Override
  boolean pairsMembers() {
    return true;
  }

  @Override
  Entry nextGroup() {
    if (heads.isEmpty() || heads.getFirst().entry == null) {
      return null;
    }
    Entry candidate = heads.getFirst().entry;
    int agreed = 0;
    for (int i = 0; agreed < heads.size(); i = (i + 1) % heads.size()) {
      checkDeadline();
      Head head = heads.get(i);
      if (head.entry != null && compareKeys(head.entry, candidate) < 0) {
        leap(head, near(candidate.key()));
      }
      if (head.entry == null) {
        return null;
      }
      if (isMember(head, candidate)) {
        agreed++;
      } else {
        candidate = head.entry;
        agreed = 1;
      }
    }
    return candidate;
  }

  @Override
  Entry nextMember(List<? extends Head> members, Entry group) {
    for (Head member : members) {
      if (!isMember(member, group)) {
        skip(members, group);
        return null;
      }
    }
    Entry result = withSources(members.getFirst().entry, members);
    members.forEach(Head::advance);
    return result;
  }

  private void skip(List<? extends Head> members, Entry group) {
    for (Head member : members) {
      if (isMember(member, group)) {
        leap(member, far(group.key()));
      }
    }
  }
}
