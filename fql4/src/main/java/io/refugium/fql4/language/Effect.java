package io.refugium.fql4.language;

/**
 * What an expression does to the database, in the worst case. Ordered: each allows all before it
 * (spec: FQL v4, 4.4).
 */
public enum Effect {
  PURE("pure call"),
  READ("read"),
  WRITE("write");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  Effect or(Effect other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean exceeds(Effect limit) {
    return compareTo(limit) > 0;
  }
}
