package io.refugium.fql4.wire;

import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Limits;
import io.refugium.model.JsonBuffer;

/** The text of answers, of which none may be too large. */
public final class AnswerText {
  private AnswerText() {}

  /** An empty text. */
  public static JsonBuffer empty() {
    return new JsonBuffer(Limits.ANSWER_BYTES, Errors::answerTooLarge);
  }
}
