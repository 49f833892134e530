package io.refugium.fql10.engine;

import io.refugium.access.Session;
import io.refugium.fql10.documents.Schema;
import io.refugium.fql10.documents.StoredDocuments;
import io.refugium.fql10.documents.StoredSets;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.runtime.Globals;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.Rights;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The surroundings of a query that runs in a session. Confined to the thread of its transaction.
 */
final class SessionEnvironment implements Environment {
  private static final int UNITS_OF_OP = 50;
  private static final long UNITS_BETWEEN_CHECKS = 10;

  private final Schema schema;
  private final StoredDocuments documents;
  private final CompiledQueries compiled;
  private final CursorSeal seal;
  private final Instant snapshotTime;
  private final int maxComputeOps;
  private long units;
  private long nextCheck = UNITS_BETWEEN_CHECKS;

  SessionEnvironment(Session session, Schema schema, CompiledQueries compiled, CursorSeal seal) {
    this.schema = schema;
    this.documents = new StoredDocuments(session, schema);
    this.compiled = compiled;
    this.seal = seal;
    this.maxComputeOps = session.queryLimits().computeOps();
    this.snapshotTime = TimeValue.ofMicros(session.snapshotTime()).value();
  }

  StoredDocuments storedDocuments() {
    return documents;
  }

  @Override
  public Instant snapshotTime() {
    return snapshotTime;
  }

  @Override
  public Optional<Rights> requestRights() {
    return documents.requestRights();
  }

  @Override
  public String rightsName() {
    return documents.rightsName();
  }

  @Override
  public long newId() {
    return documents.session().v10().newId();
  }

  @Override
  public long databaseId() {
    return documents.session().scope();
  }

  @Override
  public Documents documents() {
    return documents;
  }

  @Override
  public Globals globals() {
    return schema;
  }

  @Override
  public Optional<Value> definitionOf(String name) {
    return schema.definitionOf(documents.session().pendingCatalog(), name);
  }

  @Override
  public Optional<LambdaCode> lambdaAt(
      QueryText text, Set<String> arguments, int start, int end, boolean projection) {
    return compiled
        .find(schema, text, arguments)
        .or(
            () ->
                Parser.query(text) instanceof Parsed.Tree<Expression>(Expression tree)
                    ? Optional.of(compiled.compile(schema, text, tree, arguments))
                    : Optional.empty())
        .flatMap(query -> query.lambdaAt(start, end, projection));
  }

  @Override
  public String seal(Value recipe) {
    return seal.seal(recipe, documents.session().scope());
  }

  @Override
  public Value open(String sealed) {
    return seal.open(sealed, documents.session().scope());
  }

  @Override
  public SetValue storedSet(Value recipe) {
    return StoredSets.open(schema, recipe);
  }

  @Override
  public void addCompute(long added) {
    units += added;
    if (units >= nextCheck) {
      nextCheck = units + UNITS_BETWEEN_CHECKS;
      long ops = computeOps();
      if (ops > maxComputeOps) {
        throw RequestFailure.invalid(
            "Transaction does too much compute: got %d, limit: %d".formatted(ops, maxComputeOps));
      }
      checkDeadline();
    }
  }

  /** The compute operations so far, which are units by the fifty. */
  private long computeOps() {
    return Math.ceilDiv(units, UNITS_OF_OP);
  }

  /** The units of compute so far. */
  long computeUnits() {
    return units;
  }

  @Override
  public void checkDeadline() {
    documents.session().checkDeadline();
  }
}
