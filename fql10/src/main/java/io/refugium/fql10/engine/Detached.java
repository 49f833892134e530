package io.refugium.fql10.engine;

import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Globals;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.Rights;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.source.QueryText;
import io.refugium.model.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The surroundings of code that runs without any database, such as indexed computed fields. What it
 * finds must not depend on how fast the machine is, so it is stopped by its work and never by the
 * clock. Confined to one thread.
 */
final class Detached implements Environment {
  /**
   * Units of compute of one run: those of a transaction (spec: HTTP surface 10.3), whatever this
   * server allows its queries.
   */
  private static final long MAX_UNITS = 600_000;

  /** Units that a long step counts for each time it would have looked at the clock. */
  private static final long UNITS_OF_A_LONG_STEP = 6_000;

  private long units;

  @Override
  public Instant snapshotTime() {
    throw Errors.permissionDenied();
  }

  @Override
  public long newId() {
    throw Errors.permissionDenied();
  }

  @Override
  public long databaseId() {
    throw Errors.permissionDenied();
  }

  @Override
  public Documents documents() {
    throw Errors.permissionDenied();
  }

  @Override
  public Optional<Rights> requestRights() {
    return Optional.empty();
  }

  @Override
  public String rightsName() {
    throw Errors.permissionDenied();
  }

  @Override
  public Globals globals() {
    return name -> null;
  }

  @Override
  public Optional<Value> definitionOf(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<LambdaCode> lambdaAt(
      QueryText text, Set<String> arguments, int start, int end, boolean projection) {
    return Optional.empty();
  }

  @Override
  public String seal(Value recipe) {
    throw Errors.permissionDenied();
  }

  @Override
  public Value open(String sealed) {
    throw Errors.permissionDenied();
  }

  @Override
  public SetValue storedSet(Value recipe) {
    throw Errors.permissionDenied();
  }

  @Override
  public void addCompute(long added) {
    units += added;
    if (units > MAX_UNITS) {
      throw RequestFailure.invalid("An indexed field takes too much compute");
    }
  }

  @Override
  public void checkDeadline() {
    addCompute(UNITS_OF_A_LONG_STEP);
  }
}
