package io.refugium.benchmarks.micro;

import io.refugium.access.FunctionLibrary;
import io.refugium.access.Gate;
import io.refugium.access.Languages;
import io.refugium.access.Lookup;
import io.refugium.access.Operation;
import io.refugium.access.Predicate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.Preparation;
import io.refugium.access.Secrets;
import io.refugium.access.Session;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Database;
import io.refugium.database.Hooks;
import io.refugium.database.Metrics;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.memory.MemoryStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What access control costs: whole requests without a language (authenticate, read one document),
 * and single decisions. The store is in memory and predicates are Java, so that only the access
 * system and the database layer count.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class AccessBenchmark {
  private static final int DECISIONS = 1000;
  private static final String ROOT = "root";

  private Database database;
  private Gate gate;
  private Credentials server;
  private Credentials role;
  private Credentials token;
  private Ref constant;
  private Ref conditional;

  /**
   * Two collections: the role may read one always, the other by a predicate that reads the
   * document.
   */
  @Setup
  public void open() {
    FunctionLibrary noFunctions =
        (_, function, _) -> {
          throw new IllegalStateException(function.name());
        };
    PredicateCompiler readsTheDocument =
        (_, _) ->
            (session, input) ->
                new Predicate.Outcome.Returned(
                    BooleanValue.of(
                        session.v4().get(((Operation) input).target(), Transaction.NOW)
                            instanceof Lookup.Found));
    database = Database.open(new MemoryStore(), Hooks.NONE);
    gate =
        new Gate(
            database,
            new Languages(readsTheDocument, readsTheDocument, noFunctions, noFunctions),
            List.of(Gate.hashRootSecret(ROOT)));
    Credentials root = Credentials.bearer(ROOT);
    request(root, s -> create(s, SystemCollections.DATABASE, named("app")));
    Credentials admin = Credentials.bearer(ROOT + ":app:admin");
    Ref todos = request(admin, s -> create(s, SystemCollections.COLLECTION, named("todos")));
    Ref users = request(admin, s -> create(s, SystemCollections.COLLECTION, named("users")));
    constant = request(admin, s -> create(s, (int) todos.id(), ObjectValue.EMPTY));
    conditional = request(admin, s -> create(s, (int) users.id(), ObjectValue.EMPTY));
    Ref reader = request(admin, s -> create(s, SystemCollections.ROLE, reader(todos, users)));
    String serverKey =
        request(admin, s -> secret(s, SystemCollections.KEY, "role", new StringValue("server")));
    server = Credentials.fromHeader("Bearer " + serverKey, "127.0.0.1");
    role =
        Credentials.bearer(request(admin, s -> secret(s, SystemCollections.KEY, "role", reader)));
    token =
        Credentials.bearer(
            request(admin, s -> secret(s, SystemCollections.TOKEN, "instance", conditional)));
  }

  private static ObjectValue named(String name) {
    return ObjectValue.of("name", new StringValue(name));
  }

  private static ObjectValue reader(Ref always, Ref byPredicate) {
    return named("reader")
        .with("membership", ObjectValue.of("resource", byPredicate))
        .with(
            "privileges",
            io.refugium.model.ArrayValue.of(
                ObjectValue.of("resource", always)
                    .with("actions", ObjectValue.of("read", BooleanValue.TRUE)),
                ObjectValue.of("resource", byPredicate)
                    .with("actions", ObjectValue.of("read", new StringValue("d => d.exists()")))));
  }

  private static Ref create(Session session, int collection, ObjectValue fields) {
    return session.v4().create(collection, fields, Preparation.of(fields), null).ref();
  }

  private static String secret(Session session, int collection, String field, Value value) {
    Secrets.Issued[] issued = new Secrets.Issued[1];
    ObjectValue fields = ObjectValue.of(field, value);
    session
        .v4()
        .create(
            collection,
            fields,
            ref -> {
              issued[0] =
                  collection == SystemCollections.KEY
                      ? session.secrets().forKey(ref)
                      : session.secrets().forToken(ref);
              return fields.with("hashed_secret", new StringValue(issued[0].hash()));
            },
            null);
    return issued[0].text();
  }

  private <T> T request(Credentials credentials, Gate.Body<T> body) {
    return gate.execute(
            credentials, TransactionOptions.within(60_000_000_000L), new Metrics(), body)
        .value();
  }

  @TearDown
  public void close() {
    database.close();
  }

  /** Authentication alone. */
  @Benchmark
  public boolean authenticateKey() {
    return request(server, Session::isReadOnly);
  }

  /** Authentication of a member of one role, without a predicate. */
  @Benchmark
  public boolean authenticateToken() {
    return request(token, Session::isReadOnly);
  }

  @Benchmark
  public Lookup readAsServer() {
    return request(server, s -> s.v4().get(constant, Transaction.NOW));
  }

  @Benchmark
  public Lookup readByRole() {
    return request(role, s -> s.v4().get(constant, Transaction.NOW));
  }

  @Benchmark
  public Lookup readByPredicate() {
    return request(role, s -> s.v4().get(conditional, Transaction.NOW));
  }

  /** Single decisions by a built-in set. */
  @Benchmark
  @OperationsPerInvocation(DECISIONS)
  public int decideAsServer() {
    return decide(server, constant);
  }

  /** Single decisions by a privilege that is true. */
  @Benchmark
  @OperationsPerInvocation(DECISIONS)
  public int decideByRole() {
    return decide(role, constant);
  }

  /** Single decisions by a predicate that reads the document. */
  @Benchmark
  @OperationsPerInvocation(DECISIONS)
  public int decideByPredicate() {
    return decide(role, conditional);
  }

  private int decide(Credentials credentials, Ref document) {
    return request(
        credentials,
        session -> {
          int granted = 0;
          for (int i = 0; i < DECISIONS; i++) {
            granted += session.decide(new Operation.Read(document)).granted() ? 1 : 0;
          }
          return granted;
        });
  }
}
