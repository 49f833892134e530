package io.refugium.fql4.documents;

import io.refugium.fql4.wire.ValueWriter;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** The refused change of an index in the message about it. */
final class IndexDiff {
  private IndexDiff() {}

  static String text(Draft draft, List<String> changed) {
    List<String> members = new ArrayList<>();
    for (String field : changed) {
      Value now = draft.get(field);
      members.add("\"" + field + "\" : " + text(now == null ? NullValue.NULL : now, draft));
    }
    return "Diff({ " + String.join(", ", members) + " })";
  }

  private static String text(Value value, Draft draft) {
    return switch (value) {
      case ArrayValue array ->
          array.size() == 0
              ? "[]"
              : "[ "
                  + String.join(", ", array.values().stream().map(v -> text(v, draft)).toList())
                  + " ]";
      case ObjectValue object -> {
        List<String> members = new ArrayList<>();
        object.forEach(
            member ->
                members.add("\"" + member.getKey() + "\" : " + text(member.getValue(), draft)));
        yield members.isEmpty() ? "{}" : "{ " + String.join(", ", members) + " }";
      }
      default ->
          ValueWriter.toJson(value, draft.call().evaluation().names(), draft.call().version());
    };
  }
}
