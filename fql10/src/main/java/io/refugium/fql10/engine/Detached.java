package io.refugium.fql10.engine;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Globals;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.source.QueryText;
import io.refugium.model.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The surroundings of code that runs without any database, such as indexed computed fields. */
final class Detached implements Environment {
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
  public void addCompute(long units) {}

  @Override
  public void checkDeadline() {}
}
