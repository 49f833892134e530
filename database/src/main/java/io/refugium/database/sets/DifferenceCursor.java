package io.refugium.database.sets;

import io.refugium.storage.Direction;
import java.util.List;

/** The entries of the first operand whose key occurs in no other; the others seek its keys. */
final class DifferenceCursor extends GroupCursor {
  DifferenceCursor(ReadContext context, List<EntryCursor> operands, Direction direction) {
    super(context, operands, direction);
  }

  @Override
  boolean pairsMembers() {
    return false;
  }

  @Override
  Head.Live enteredAnywhere(List<Head.Live> members) {
    Head.Live first = heads.getFirst();
    return members.contains(first) ? first : null;
  }

  @Override
  Entry nextGroup() {
    if (heads.isEmpty()) {
      return null;
    }
    Head first = heads.getFirst();
    while (first.entry != null && isSubtracted(first.entry)) {
      checkDeadline();
      leap(first, far(first.entry.key()));
    }
    return first.entry;
  }

  private boolean isSubtracted(Entry candidate) {
    for (Head other : heads.subList(1, heads.size())) {
      if (other.entry != null && compareKeys(other.entry, candidate) < 0) {
        leap(other, near(candidate.key()));
      }
      if (isMember(other, candidate)) {
        return true;
      }
    }
    return false;
  }

  @Override
  Entry nextMember(List<? extends Head> members, Entry group) {
    Head first = members.getFirst();
    if (!isMember(first, group)) {
      return null;
    }
    Entry result = first.entry;
    first.advance();
    return result;
  }
}
