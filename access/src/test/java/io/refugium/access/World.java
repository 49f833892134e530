package io.refugium.access;

import io.refugium.access.jwt.KeyAddresses;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Database;
import io.refugium.database.Hooks;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.memory.MemoryStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A database in memory with the fixture of the specification's scenarios: database {@code app} with
 * child {@code kid}, collections {@code users}, {@code todos} and {@code posts}. Predicates are
 * Java functions that roles refer to by name, as text (the v10 way) or in a lambda (the v4 way).
 */
final class World implements AutoCloseable {
  static final String ROOT = "rootsecret";

  final Map<String, Predicate> predicates = new ConcurrentHashMap<>();
  final Database database = Database.open(new MemoryStore(), Hooks.NONE);
  final Languages languages =
      new Languages(this::compile, this::compile, World::noCall, World::noCall);
  final Gate gate;

  final long app;
  final long kid;
  final int users;
  final int todos;
  final int posts;
  final Ref alice;
  final Ref bob;
  final Ref carol;
  final Ref todo10;
  final Ref todo11;

  World() {
    this(KeyAddresses.STRICT);
  }

  World(KeyAddresses keyAddresses) {
    this(keyAddresses, Guesses.Pace.REAL);
  }

  World(KeyAddresses keyAddresses, Guesses.Pace pace) {
    gate =
        new Gate(
            database,
            languages,
            List.of(Gate.hashRootSecret(ROOT)),
            keyAddresses,
            pace,
            RateLimits.NONE,
            QueryLimits.STANDARD);
    app = as(ROOT, session -> newDatabase(session, "app"));
    String admin = ROOT + ":app:admin";
    kid = as(admin, session -> newDatabase(session, "kid"));
    users = newCollection("users");
    todos = newCollection("todos");
    posts = newCollection("posts");
    alice = new Ref(app, users, 1);
    bob = new Ref(app, users, 2);
    carol = new Ref(app, users, 3);
    todo10 = new Ref(app, todos, 10);
    todo11 = new Ref(app, todos, 11);
    admin(
        session -> {
          put(session, alice, object("name", "Alice"));
          put(session, bob, object("name", "Bob"));
          put(session, carol, object("name", "Carol"));
          put(session, todo10, object("owner", alice).with("done", BooleanValue.FALSE));
          put(session, todo11, object("owner", bob).with("done", BooleanValue.TRUE));
        });
    predicates.put("true", (_, _) -> returned(BooleanValue.TRUE));
    predicates.put("false", (_, _) -> returned(BooleanValue.FALSE));
    predicates.put("one", (_, _) -> returned(new LongValue(1)));
    predicates.put("fails", (_, _) -> new Predicate.Outcome.Failed("on purpose"));
    predicates.put(
        "breaks",
        (_, _) -> {
          throw new AccessException.Missing(alice);
        });
    predicates.put(
        "mine",
        (session, input) ->
            returned(BooleanValue.of(owner(session, input).equals(session.identity()))));
    predicates.put(
        "writes",
        (session, _) -> {
          session.v4().create(todos, ObjectValue.EMPTY, Preparation.of(ObjectValue.EMPTY), null);
          return returned(BooleanValue.TRUE);
        });
  }

  private Ref owner(Session session, PredicateInput input) {
    Ref target = ((Operation) input).target();
    Document document = session.v4().get(target, io.refugium.database.Transaction.NOW).orNull();
    return document == null ? new Ref(0, 0, 0) : (Ref) document.data().get("owner");
  }

  static Predicate.Outcome returned(Value value) {
    return new Predicate.Outcome.Returned(value);
  }

  private Predicate compile(io.refugium.database.catalog.Catalog catalog, Value source) {
    String name =
        switch (source) {
          case StringValue(String text) -> text;
          case LambdaValue lambda -> ((StringValue) lambda.body()).value();
          default -> throw new IllegalArgumentException();
        };
    Predicate known = predicates.get(name);
    return Predicate.knowing(
        known == null ? null : known.necessary(),
        (session, input) -> predicates.get(name).evaluate(session, input));
  }

  private static Value noCall(
      Session session, io.refugium.database.catalog.FunctionDef function, List<Value> arguments) {
    throw new AssertionError("no function is called here");
  }

  // ---------------------------------------------------------------- requests

  /** Runs a request with a secret, as a {@code Bearer} header carries it. */
  <T> T as(String secret, Gate.Body<T> body) {
    return gate.execute(
            Credentials.bearer(secret),
            TransactionOptions.within(60_000_000_000L),
            new Metrics(),
            body)
        .value();
  }

  /** Runs a request as admin of {@code app}. */
  <T> T adminGet(Gate.Body<T> body) {
    return as(ROOT + ":app:admin", body);
  }

  /** Runs a request as admin of {@code app}. */
  void admin(Consumer<Session> body) {
    adminGet(
        session -> {
          body.accept(session);
          return null;
        });
  }

  /** Whether the secret is accepted. */
  boolean accepts(String secret) {
    try {
      return as(secret, _ -> true);
    } catch (AccessException.Unauthorized refused) {
      return false;
    }
  }

  PermissionSet permissions(String secret) {
    return as(secret, Session::permissions);
  }

  Ref identity(String secret) {
    return as(secret, Session::identity);
  }

  long scope(String secret) {
    return as(secret, Session::scope);
  }

  long authScope(String secret) {
    return as(secret, session -> session.principal().authScope());
  }

  LoginSource loginSource(String secret) {
    return as(secret, session -> session.principal().loginSource());
  }

  // ---------------------------------------------------------------- making things

  private static long newDatabase(Session session, String name) {
    ObjectValue fields = ObjectValue.of("name", new StringValue(name));
    Document made =
        session.v4().create(SystemCollections.DATABASE, fields, Preparation.of(fields), null);
    return io.refugium.database.Transaction.scopeOf(made.ref());
  }

  int newCollection(String name) {
    return (int)
        create(SystemCollections.COLLECTION, ObjectValue.of("name", new StringValue(name))).id();
  }

  Ref create(int collection, ObjectValue fields) {
    return adminGet(
        session -> session.v4().create(collection, fields, Preparation.of(fields), null).ref());
  }

  void update(Ref ref, String field, Value value) {
    admin(
        session ->
            session
                .v4()
                .write(
                    ref,
                    before -> {
                      ObjectValue after =
                          value == null
                              ? before.fields().without(field)
                              : before.fields().with(field, value);
                      return Change.exactly(after, Preparation.of(after));
                    },
                    null));
  }

  void delete(Ref ref) {
    admin(session -> session.v4().delete(ref));
  }

  static void put(Session session, Ref ref, ObjectValue data) {
    ObjectValue fields = ObjectValue.of("data", data);
    session.v4().createWithId(ref, fields, Preparation.of(fields), null);
  }

  /** A role; privileges by {@link #privilege}. */
  Ref role(String name, ObjectValue... privileges) {
    return create(
        SystemCollections.ROLE,
        ObjectValue.builder()
            .put("name", new StringValue(name))
            .put("privileges", ArrayValue.of(privileges))
            .build());
  }

  /** A role whose members are all documents of a collection. */
  Ref roleOf(String name, Value members, ObjectValue... privileges) {
    Ref role = role(name, privileges);
    update(role, "membership", members);
    return role;
  }

  /** A token of Alice, whose role has these privileges for to-dos. */
  String aliceWith(Object... actions) {
    roleOf(
        "r", ArrayValue.of(membership(collection(users))), privilege(collection(todos), actions));
    return token(alice);
  }

  static ObjectValue membership(Value resource) {
    return ObjectValue.of("resource", resource);
  }

  static ObjectValue membership(Value resource, Value predicate) {
    return membership(resource).with("predicate", predicate);
  }

  /** A privilege: pairs of actions and what grants them. */
  static ObjectValue privilege(Value resource, Object... actions) {
    ObjectValue.Builder granted = ObjectValue.builder();
    for (int i = 0; i < actions.length; i += 2) {
      granted.put((String) actions[i], value(actions[i + 1]));
    }
    return ObjectValue.of("resource", resource).with("actions", granted.build());
  }

  /** The secret of a new key with this role. */
  String key(Value role) {
    return adminGet(session -> newKey(session, ObjectValue.of("role", role)).getValue());
  }

  String key(String role) {
    return key(new StringValue(role));
  }

  /** A new key and its secret. */
  static Map.Entry<Ref, String> newKey(Session session, ObjectValue fields) {
    Secrets.Issued[] issued = new Secrets.Issued[1];
    Document key =
        session
            .v4()
            .create(
                SystemCollections.KEY,
                fields,
                ref -> {
                  issued[0] = session.secrets().forKey(ref);
                  return fields.with("hashed_secret", new StringValue(issued[0].hash()));
                },
                null);
    return Map.entry(key.ref(), issued[0].text());
  }

  /** The secret of a new token for a document. */
  String token(Ref document) {
    return adminGet(session -> newToken(session, ObjectValue.of("instance", document)).getValue());
  }

  static Map.Entry<Ref, String> newToken(Session session, ObjectValue fields) {
    Secrets.Issued[] issued = new Secrets.Issued[1];
    Document token =
        session
            .v4()
            .create(
                SystemCollections.TOKEN,
                fields,
                ref -> {
                  issued[0] = session.secrets().forToken(ref);
                  return fields.with("hashed_secret", new StringValue(issued[0].hash()));
                },
                null);
    return Map.entry(token.ref(), issued[0].text());
  }

  /** Gives a document a password. */
  void password(Ref document, String password) {
    update(document, "touched", BooleanValue.TRUE);
    admin(session -> session.secrets().setFor(document, object("password", password)));
  }

  /** Whether the fixture has this document. */
  boolean present(Ref document) {
    return java.util.Set.of(alice, bob, carol, todo10, todo11).contains(document);
  }

  // ---------------------------------------------------------------- values

  Ref collection(int id) {
    return new Ref(app, SystemCollections.COLLECTION, id);
  }

  static Value v10(String predicate) {
    return new StringValue(predicate);
  }

  static Value v4(String predicate) {
    return new LambdaValue("4", new StringValue("x"), new StringValue(predicate));
  }

  static ObjectValue object(String field, Object value) {
    return ObjectValue.of(field, value(value));
  }

  static Value value(Object value) {
    return switch (value) {
      case Value already -> already;
      case Boolean flag -> BooleanValue.of(flag);
      case String text -> new StringValue(text);
      case Integer number -> new LongValue(number);
      case Object[] several -> new ArrayValue(Arrays.stream(several).map(World::value).toList());
      default -> throw new IllegalArgumentException("no value: " + value);
    };
  }

  @Override
  public void close() {
    database.close();
  }
}
