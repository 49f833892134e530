package io.refugium.fql4.language;

import io.refugium.model.RuntimeValue;

/**
 * What an event did: nearly, but not quite, a string. The order is that of the events of a union at
 * one time (spec: FQL v4, 11.3).
 */
public enum ActionValue implements RuntimeValue {
  ADD,
  CREATE,
  UPDATE,
  DELETE,
  REMOVE;

  /** The word on the wire. */
  public String word() {
    return switch (this) {
      case ADD -> "add";
      case CREATE -> "create";
      case UPDATE -> "update";
      case DELETE -> "delete";
      case REMOVE -> "remove";
    };
  }

  /** The action with this word, or null. */
  public static ActionValue of(String word) {
    for (ActionValue action : values()) {
      if (action.word().equals(word)) {
        return action;
      }
    }
    return null;
  }

  public boolean isOfSet() {
    return this == ADD || this == REMOVE;
  }
}
