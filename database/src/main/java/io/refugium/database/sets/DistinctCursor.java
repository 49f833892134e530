package io.refugium.database.sets;

import io.refugium.storage.Direction;
import java.util.List;

/** The first entry of each key; seeks the next key instead of walking over its repetitions. */
final class DistinctCursor extends GroupCursor {
  DistinctCursor(ReadContext context, List<EntryCursor> operand, Direction direction) {
    super(context, operand, direction);
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
    Entry result = member.entry;
    member.advance();
    if (isMember(member, group)) {
      leap(member, far(group.key()));
    }
    return result;
  }
}
