package io.refugium.fql4.language;

import io.refugium.access.QueryLimits;
import io.refugium.access.Session;
import io.refugium.access.SessionStack;
import io.refugium.database.Transaction;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import io.refugium.model.ValueParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One run of a query: what all its expressions share. Counts depth and compute units, holds the
 * session, the valid time in force and the effect limit. Not thread-safe: a query runs on one
 * thread.
 */
public final class Evaluation implements AutoCloseable {
  private static final long PARTS_WITHOUT_A_LOOK_AT_THE_CLOCK = 4_096;

  private final ApiVersion version;
  private final Names names;
  private final Instant snapshotTime;
  private final EffectLimit effects;
  private final Language language;
  private final SessionStack sessions; // null for what needs no database
  private long validTime = Transaction.NOW;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private int calls;
  private int depth;
  private final long maxComputeUnits;
  private long computeUnits;
  private long builtElements;

  private Evaluation(
      ApiVersion version,
      Names names,
      Instant snapshotTime,
      EffectLimit effects,
      Language language,
      Session session) {
    this.version = version;
    this.names = names;
    this.snapshotTime = snapshotTime;
    this.effects = effects;
    this.language = language;
    this.sessions = session == null ? null : new SessionStack(session, () -> {});
    // What has no request must come to the same wherever it runs.
    QueryLimits limits = session == null ? QueryLimits.STANDARD : session.queryLimits();
    this.maxComputeUnits = (long) limits.computeOps() * Limits.UNITS_PER_OP;
  }

  /** A run in a session. */
  public static Evaluation in(
      Session session, Language language, ApiVersion version, EffectLimit effects) {
    return new Evaluation(
        version,
        new SessionNames(session),
        Times.ofMicros(session.snapshotTime()),
        effects,
        language,
        session);
  }

  /** A run that has nothing but names and a clock: for expressions that touch no database. */
  public static Evaluation pure(ApiVersion version, Names names, Instant now, EffectLimit effects) {
    return new Evaluation(version, names, now, effects, null, null);
  }

  /**
   * How far effects may go and what to call the place that says so, such as {@code get requests}.
   */
  public record EffectLimit(Effect most, String context) {
    public static final EffectLimit NONE = new EffectLimit(Effect.WRITE, "");
    public static final EffectLimit GET_REQUEST = new EffectLimit(Effect.READ, "get requests");
    public static final EffectLimit STREAM_REQUEST =
        new EffectLimit(Effect.READ, "stream requests");
    public static final EffectLimit PREDICATE = new EffectLimit(Effect.READ, "auth predicates");
    public static final EffectLimit BINDING = new EffectLimit(Effect.PURE, "index bindings");
  }

  /** The API version of the request: that of stored lambdas may differ. */
  public ApiVersion version() {
    return version;
  }

  public Names names() {
    return names;
  }

  /** Sets, read in this query. */
  public SetReader sets() {
    return new SessionSets(this);
  }

  /** The compiler, for bodies of functions. */
  public Language language() {
    return language;
  }

  /** The time that {@code now} gives: that of the snapshot. */
  public Instant snapshotTime() {
    return snapshotTime;
  }

  // ---- Session and time

  /** All that this query sees of the database, with the rights of the code that is running. */
  public Session session() {
    return sessions().running();
  }

  /** Whose code is running, and who waits for it. */
  public SessionStack sessions() {
    if (sessions == null) {
      throw new IllegalStateException("this expression needs a database");
    }
    return sessions;
  }

  /** Whose code is running; null for what needs no database. */
  Session author() {
    return sessions == null ? null : sessions.running();
  }

  /**
   * The time at which documents and sets are read, in microseconds; {@link Transaction#NOW} for the
   * present.
   */
  public long validTime() {
    return validTime;
  }

  /**
   * Runs something with another valid time; that of the snapshot and all later ones are the
   * present.
   */
  public <T> T at(long time, Supplier<T> body) {
    long outer = validTime;
    validTime = effective(time);
    try {
      return body.get();
    } finally {
      validTime = outer;
    }
  }

  private long effective(long time) {
    return time >= session().snapshotTime() ? Transaction.NOW : time;
  }

  // ---- Resources

  /**
   * Remembers something to be closed when the query ends, if its reader does not come to its end.
   */
  <T extends AutoCloseable> T closing(T resource) {
    resources.add(resource);
    return resource;
  }

  /** Closes what is still open. */
  @Override
  public void close() {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
    resources.clear();
  }

  // ---- Limits

  public EffectLimit effects() {
    return effects;
  }

  /** Refuses a call whose effect the context does not allow. */
  void checkEffect(Effect effect, Position call) {
    if (effect.exceeds(effects.most())) {
      throw Errors.forbiddenEffect(call, effect, effects.context());
    }
  }

  /** Begins the application of a lambda or function; each needs its {@link #leaveCall}. */
  public void enterCall(Position call) {
    if (calls >= Limits.CALL_DEPTH) {
      throw Errors.stackOverflow(call, Limits.CALL_DEPTH);
    }
    calls++;
    addComputeUnits(1);
  }

  public void leaveCall() {
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

  /** Counts work done; looks at the clock now and then. */
  public void addComputeUnits(long units) {
    long before = computeUnits;
    computeUnits += units;
    if (computeUnits / Limits.UNITS_BETWEEN_LOOKS_AT_THE_CLOCK
        != before / Limits.UNITS_BETWEEN_LOOKS_AT_THE_CLOCK) {
      if (sessions != null) {
        session().checkDeadline();
      }
      if (computeUnits > maxComputeUnits) {
        throw Errors.tooMuchCompute(
            Math.ceilDiv(computeUnits, Limits.UNITS_PER_OP), maxComputeUnits / Limits.UNITS_PER_OP);
      }
    }
  }

  /**
   * A value that an expression has built: of bounded size, for few steps could make one that fills
   * the memory or whose comparison never ends.
   */
  Value built(Value value) {
    if (isSmall(value)) {
      return value;
    }
    long limit = value instanceof SetValue ? Limits.SET_PARTS : Limits.VALUE_PARTS;
    long parts = ValueParts.count(value, limit);
    builtElements += value instanceof ArrayValue array ? array.size() : 1;
    if (parts > limit || builtElements > Limits.BUILT_ELEMENTS) {
      throw Errors.valueTooLarge(limit);
    }
    if (parts > PARTS_WITHOUT_A_LOOK_AT_THE_CLOCK) {
      checkDeadline();
    }
    return value;
  }

  private static boolean isSmall(Value value) {
    return switch (value) {
      case ArrayValue _, ObjectValue _, LambdaValue _, PageValue _, SetValue _ -> false;
      default -> true;
    };
  }

  /**
   * Fails when the time of the request is up; for long steps, now and then. What has no request,
   * such as a binding, must not depend on the clock: there it is work that is counted.
   */
  public void checkDeadline() {
    if (sessions != null) {
      session().checkDeadline();
    } else {
      addComputeUnits(Limits.UNITS_OF_A_LONG_STEP);
    }
  }

  public long computeUnits() {
    return computeUnits;
  }
}
