package io.refugium.fql10.runtime;

import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.model.ValueParts;
import java.util.function.Supplier;

/**
 * The state of one run of a query: what it may do, at which time it reads, how deeply calls are
 * nested, what it has logged. Confined to one thread at a time.
 */
public final class QueryContext {
  /** Reads see the snapshot and the query's own writes. */
  public static final long NOW = Long.MAX_VALUE;

  private static final long PARTS_WITHOUT_A_LOOK_AT_THE_CLOCK = 4_096;

  private final Environment environment;
  private final Library library;
  private final QueryLog log;
  private final CallStack stack = new CallStack();
  private EffectLimit limit = EffectLimit.NONE;
  private long readTime = NOW;
  private long allocated;
  private boolean continuing;

  public QueryContext(Environment environment, Library library, QueryLog log) {
    this.environment = environment;
    this.library = library;
    this.log = log;
  }

  public Environment environment() {
    return environment;
  }

  public Library library() {
    return library;
  }

  public QueryLog log() {
    return log;
  }

  /** Counts memory that values take; fails when a query takes too much in all. */
  public void allocate(long bytes) {
    allocated += bytes;
    if (allocated > Limits.MAX_ALLOCATED_BYTES) {
      throw Errors.tooMuchMemory();
    }
  }

  /** The memory counted so far, for {@link #forgetAllBut}. */
  public long allocated() {
    return allocated;
  }

  /**
   * Takes back what was counted for values that are gone.
   *
   * @param result all that is left of what was made since {@code before} bytes were counted: a
   *     string or another scalar holds on to nothing else, and what was stored or logged has limits
   *     of its own
   */
  public void forgetAllBut(Value result, long before) {
    switch (result) {
      case StringValue(String text) -> allocated = Math.min(allocated, before + 2L * text.length());
      case LongValue _, DoubleValue _, BooleanValue _ -> allocated = before;
      default -> {}
    }
  }

  /** A string that was made, counted. */
  public StringValue made(String text) {
    allocate(2L * text.length());
    return new StringValue(text);
  }

  /**
   * A value that was made of others, if it is not too large: few steps could make one that takes
   * for ever to compare or to write out.
   */
  public <V extends Value> V built(V value) {
    long parts = ValueParts.count(value, Limits.MAX_PARTS);
    if (parts > Limits.MAX_PARTS) {
      throw Errors.tooManyParts(Limits.MAX_PARTS);
    }
    if (parts > PARTS_WITHOUT_A_LOOK_AT_THE_CLOCK) {
      environment.checkDeadline();
    }
    return value;
  }

  /** Counts units of compute: calls, operators, elements. */
  public void compute(long units) {
    environment.addCompute(units);
  }

  CallStack stack() {
    return stack;
  }

  /** The time at which documents are read, in microseconds, or {@link #NOW}. */
  public long readTime() {
    return readTime;
  }

  /**
   * Whether the time of reading is that of an earlier query whose pages are continued: its present,
   * not the past of an {@code at} expression.
   */
  public boolean isContinuing() {
    return continuing;
  }

  public EffectLimit effectLimit() {
    return limit;
  }

  /**
   * Fails if the effect is not allowed where the query is now.
   *
   * @param action what would have it, for the message
   */
  public void require(Effect effect, String action) {
    if (!limit.allows(effect)) {
      throw Errors.invalidEffect(action, effect, limit.reason());
    }
  }

  /** Runs a part of the query under a limit. */
  public <T> T limited(EffectLimit narrower, Supplier<T> body) {
    EffectLimit outer = limit;
    limit = narrower.within(outer);
    try {
      return body.get();
    } finally {
      limit = outer;
    }
  }

  /** Runs a part of the query so that it reads at another time. */
  public <T> T reading(long time, Supplier<T> body) {
    return reading(time, false, body);
  }

  /** Runs a part of the query as an earlier query would have gone on, reading at its time. */
  public <T> T continuing(long time, Supplier<T> body) {
    return reading(time, true, body);
  }

  private <T> T reading(long time, boolean asEarlierQuery, Supplier<T> body) {
    long outerTime = readTime;
    boolean outerContinuing = continuing;
    readTime = time;
    continuing = asEarlierQuery;
    try {
      return body.get();
    } finally {
      readTime = outerTime;
      continuing = outerContinuing;
    }
  }
}
