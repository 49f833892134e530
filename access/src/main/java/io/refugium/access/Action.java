package io.refugium.access;

import java.util.HashMap;
import java.util.Map;

/** What a privilege allows, as roles name it (spec access 5.1). */
public enum Action {
  READ("read"),
  WRITE("write"),
  CREATE("create"),
  CREATE_WITH_ID("create_with_id"),
  DELETE("delete"),
  HISTORY_READ("history_read"),
  HISTORY_WRITE("history_write"),
  UNRESTRICTED_READ("unrestricted_read"),
  CALL("call");

  private static final Map<String, Action> BY_WORD = new HashMap<>();

  static {
    for (Action action : values()) {
      BY_WORD.put(action.word, action);
    }
  }

  private final String word;

  Action(String word) {
    this.word = word;
  }

  /** The name in the {@code actions} of a privilege. */
  public String word() {
    return word;
  }

  /** The action with this name, or null: a name that is none grants nothing. */
  public static Action named(String word) {
    return BY_WORD.get(word);
  }
}
