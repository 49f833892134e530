package io.refugium.fql4;

import java.time.Instant;

/**
 * One run of a query: what all its expressions share. Counts depth and compute units, holds the
 * valid time in force and the effect limit. Not thread-safe: a query runs on one thread.
 */
final class Evaluation {
  private final ApiVersion version;
  private final Names names;
  private final Instant snapshotTime;
  private final EffectLimit effects;
  private SetReader sets;
  private Runnable deadline = () -> {};
  private int calls;
  private int depth;
  private long computeUnits;

  Evaluation(ApiVersion version, Names names, Instant snapshotTime, EffectLimit effects) {
    this.version = version;
    this.names = names;
    this.snapshotTime = snapshotTime;
    this.effects = effects;
  }

  /**
   * How far effects may go and what to call the place that says so, such as {@code get requests}.
   */
  record EffectLimit(Effect most, String context) {
    static final EffectLimit NONE = new EffectLimit(Effect.WRITE, "");
    static final EffectLimit GET_REQUEST = new EffectLimit(Effect.READ, "get requests");
    static final EffectLimit STREAM_REQUEST = new EffectLimit(Effect.READ, "stream requests");
    static final EffectLimit PREDICATE = new EffectLimit(Effect.READ, "auth predicates");
    static final EffectLimit BINDING = new EffectLimit(Effect.PURE, "index bindings");
  }

  /** The API version of the request: that of stored lambdas may differ. */
  ApiVersion version() {
    return version;
  }

  Names names() {
    return names;
  }

  /** Sets, read in this query. */
  SetReader sets() {
    return sets;
  }

  /** The time that {@code now} gives: that of the snapshot. */
  Instant snapshotTime() {
    return snapshotTime;
  }

  /** Refuses a call whose effect the context does not allow. */
  void checkEffect(Effect effect, Position call) {
    if (effect.exceeds(effects.most())) {
      throw Errors.forbiddenEffect(call, effect, effects.context());
    }
  }

  /** Begins the application of a lambda or function; each needs its {@link #leaveCall}. */
  void enterCall(Position call) {
    if (calls >= Limits.CALL_DEPTH) {
      throw Errors.stackOverflow(call, Limits.CALL_DEPTH);
    }
    calls++;
    computeUnits++;
  }

  void leaveCall() {
    calls--;
  }

  /** Begins a nested expression; each needs its {@link #leave}. */
  void enter(Position position) {
    if (++depth > Limits.EVALUATION_DEPTH) {
      depth--;
      throw Errors.stackOverflow(position, Limits.CALL_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  void addComputeUnits(long units) {
    computeUnits += units;
  }

  /** Fails when the time of the request is up; cheap, for loops. */
  void checkDeadline() {
    deadline.run();
  }

  long computeUnits() {
    return computeUnits;
  }
}
