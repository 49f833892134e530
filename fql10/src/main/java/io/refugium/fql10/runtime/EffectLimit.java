package io.refugium.fql10.runtime;

/**
 * What operations may do in the code that is running, and why not more (language specification,
 * section 5.14). Nesting never widens a limit.
 */
public record EffectLimit(Effect allowed, String reason) {
  public static final EffectLimit NONE = new EffectLimit(Effect.WRITE, "");
  public static final EffectLimit SET_FUNCTIONS = new EffectLimit(Effect.READ, "set functions");
  public static final EffectLimit COMPUTED_FIELDS = new EffectLimit(Effect.READ, "computed fields");
  public static final EffectLimit CHECK_CONSTRAINTS =
      new EffectLimit(Effect.READ, "check constraints");
  public static final EffectLimit PREDICATES = new EffectLimit(Effect.READ, "auth predicates");
  public static final EffectLimit DEFAULT_VALUES =
      new EffectLimit(Effect.OBSERVATION, "default values");
  public static final EffectLimit STREAMS =
      new EffectLimit(Effect.READ, "Writes are disallowed in stream subscriptions.");

  public boolean allows(Effect effect) {
    return effect.compareTo(allowed) <= 0;
  }

  /** The narrower of the two; the outer one if they allow the same. */
  public EffectLimit within(EffectLimit outer) {
    return allowed.compareTo(outer.allowed) < 0 ? this : outer;
  }
}
