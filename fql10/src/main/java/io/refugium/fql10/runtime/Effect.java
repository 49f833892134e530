package io.refugium.fql10.runtime;

/** What an operation may do; each level includes those before it (language spec. 5.14). */
public enum Effect {
  PURE(""),
  OBSERVATION("an observation"),
  READ("a read"),
  WRITE("a write");

  private final String described;

  Effect(String described) {
    this.described = described;
  }

  /** With its article, for messages. */
  public String described() {
    return described;
  }
}
