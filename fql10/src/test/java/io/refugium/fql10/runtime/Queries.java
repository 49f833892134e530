package io.refugium.fql10.runtime;

import io.refugium.fql10.compile.CompiledQuery;
import io.refugium.fql10.compile.Compiler;
import io.refugium.fql10.documents.SystemModules;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.encode.ResultWriter;
import io.refugium.fql10.engine.CursorSeal;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs queries that need no database. */
final class Queries {
  private static final StandardLibrary LIBRARY = new StandardLibrary(SystemModules.byName());
  private static final CursorSeal SEAL = new CursorSeal(new byte[32]);
  static final Instant SNAPSHOT = Instant.parse("2026-01-02T03:04:05.678901Z");

  private Queries() {}

  /** The value of a query. */
  static Value run(String query) {
    return run(query, context(Map.of()));
  }

  static Value run(String query, QueryContext context) {
    return compile(query).run(context, Inputs.NONE);
  }

  static CompiledQuery compile(String query) {
    return compile(QueryText.of(Source.query(query))).orElseThrow();
  }

  private static Optional<CompiledQuery> compile(QueryText text) {
    return Parser.query(text) instanceof Parsed.Tree<Expression>(Expression tree)
        ? Optional.of(Compiler.compile(text, tree, LIBRARY.globals()::get, Set.of()))
        : Optional.empty();
  }

  /** The result of a query as JSON. */
  static String json(String query, ResultFormat format) {
    QueryContext context = context(Map.of());
    byte[] json =
        ResultWriter.write(context, run(query, context), format)
            .toBytes(new TimeValue(SNAPSHOT).toMicros());
    return new String(json, StandardCharsets.UTF_8);
  }

  /** A context without a database. */
  static QueryContext context(Map<String, Value> globals) {
    return new QueryContext(new NoDatabase(globals), LIBRARY, new QueryLog());
  }

  /** Surroundings in which there is no document. */
  private static final class NoDatabase implements Environment {
    private final Map<String, Value> globals;
    private long lastId;

    NoDatabase(Map<String, Value> globals) {
      this.globals = globals;
    }

    @Override
    public Instant snapshotTime() {
      return SNAPSHOT;
    }

    @Override
    public long newId() {
      return ++lastId;
    }

    @Override
    public long databaseId() {
      return 0;
    }

    @Override
    public Documents documents() {
      throw new IllegalStateException("there is no database");
    }

    @Override
    public Optional<Rights> requestRights() {
      return Optional.empty();
    }

    @Override
    public String rightsName() {
      return "";
    }

    @Override
    public Globals globals() {
      return name -> globals.getOrDefault(name, LIBRARY.globals().get(name));
    }

    @Override
    public Optional<Value> definitionOf(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<LambdaCode> lambdaAt(
        QueryText text, Set<String> arguments, int start, int end, boolean projection) {
      return compile(text).flatMap(query -> query.lambdaAt(start, end, projection));
    }

    @Override
    public String seal(Value recipe) {
      return SEAL.seal(recipe, 0);
    }

    @Override
    public Value open(String sealed) {
      return SEAL.open(sealed, 0);
    }

    @Override
    public SetValue storedSet(Value recipe) {
      throw new IllegalStateException("there is no database");
    }

    @Override
    public void addCompute(long units) {}

    @Override
    public void checkDeadline() {}
  }
}
