package io.refugium.cli;

import io.refugium.access.Change;
import io.refugium.access.Gate;
import io.refugium.access.Languages;
import io.refugium.access.Preparation;
import io.refugium.access.ReadTime;
import io.refugium.access.Session;
import io.refugium.access.jwt.KeyAddresses;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Database;
import io.refugium.database.Hooks;
import io.refugium.database.Metrics;
import io.refugium.database.SchemaChecks;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.document.DocumentScan;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.engine.CursorSeal;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.schema.MigrationStep;
import io.refugium.fql4.Fql4;
import io.refugium.fql4.Fql4Queries;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import io.refugium.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A database in memory with both languages, a role whose members may read what a {@link
 * PredicateUnderTest} says, and documents of all kinds to ask about.
 */
final class PredicateWorld implements AutoCloseable {
  static final List<String> COLLECTIONS = List.of("Plain", "Aliased", "Computed", "Moved");

  /** Top level fields of the data; most have a meaning of their own in one of the languages. */
  static final List<String> FIELDS =
      List.of(
          "owner",
          "state",
          "shown",
          "id",
          "ts",
          "ttl",
          "coll",
          "data",
          "name",
          "exists",
          "update",
          "delete",
          "updateData");

  private static final String ROOT = "rootsecret";

  /** Not in the root: that has no identity providers. */
  private static final String IN_WORLD = ROOT + ":world:";

  private static final String ADMIN = IN_WORLD + "admin";
  private static final int DOCUMENTS = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  final PredicateUnderTest predicate = new PredicateUnderTest();
  final Fql4 fql4 = new Fql4(Clock.systemUTC());
  final Fql10 fql10 = new Fql10(new CursorSeal(new byte[32]));
  final Ref alice;

  /** Of a database below; references to it cannot be stored. */
  final Ref foreign;

  /** When some documents had other data. */
  final long past;

  final List<Value> values;
  final List<String> secrets;
  private final Database database =
      Database.open(
          new MemoryStore(),
          new Hooks(new LanguageFields(fql4, fql10), fql10.documentChecks(), SchemaChecks.NONE));
  private final TokenIssuer issuer = new TokenIssuer();
  private final Gate gate =
      new Gate(
          database,
          new Languages(
              fql4.predicates(),
              predicate.among(fql10.predicates()),
              fql4.functions(),
              fql10.functions()),
          List.of(Gate.hashRootSecret(ROOT)),
          new KeyAddresses(Set.of(issuer.host())));
  private final Fql4Queries v4 = new Fql4Queries(gate, fql4);
  private final List<Ref> documents = new ArrayList<>();

  PredicateWorld() {
    ask(ROOT, "Database.create({ name: 'world' }); 0");
    ask("Collection.create({ name: 'User' }); Database.create({ name: 'child' }); 0");
    ask("Collection.create({ name: 'Plain', wildcard: 'Any', indexes: " + indexes() + " }); 0");
    ask("Collection.create({ name: 'Aliased', alias: 'Other', wildcard: 'Any' }); 0");
    ask("Collection.create({ name: 'Computed', wildcard: 'Any', indexes: " + indexes() + " }); 0");
    ask("Collection.create({ name: 'Moved' }); Collection.create({ name: 'Scratch' }); 0");
    ask("User.create({ id: 1 }); User.create({ id: 2 }); User.create({ id: 3 }); 0");
    ask("User.byId('3')!.delete(); Scratch.create({ id: 1 }); 0");
    alice = get(session -> new Ref(session.scope(), session.catalog().collection("User").id(), 1));
    foreign =
        get(session -> new Ref(session.resolve(List.of("child")).scope(), alice.collection(), 1));
    values = get(this::values);
    Random random = new Random(11);
    committed(session -> COLLECTIONS.forEach(name -> fill(session, name, random)));
    ask(
        "Collection.byName('Computed')!.update({ computed_fields: {"
            + " owner: { body: 'd => d.name' }, state: { body: 'd => \"open\"' },"
            + " shown: { body: 'd => abort(0)' } } }); 0");
    past = get(Session::snapshotTime);
    committed(session -> overwrite(session, random));
    committed(PredicateWorld::migrate);
    committed(session -> fill(session, "Moved", random));
    secrets = secrets();
    get(session -> documents.addAll(all(session, SystemCollections.FUNCTION)));
  }

  private static String indexes() {
    return "{ owner: { terms: [{ field: '.owner' }] }, state: { terms: [{ field: '.state' }] },"
        + " shown: { terms: [{ field: '.shown' }] } }";
  }

  private List<Value> values(Session session) {
    Ref bob = new Ref(alice.scope(), alice.collection(), 2);
    return List.of(
        alice,
        alice,
        alice,
        bob,
        new Ref(alice.scope(), alice.collection(), 3), // deleted
        new Ref(alice.scope(), alice.collection(), 99), // never there
        new Ref(alice.scope(), session.catalog().collection("Plain").id(), 1),
        new StringValue("open"),
        new StringValue("open"),
        new StringValue("Open"),
        new StringValue("1"),
        new StringValue(""),
        BooleanValue.TRUE,
        BooleanValue.TRUE,
        BooleanValue.FALSE,
        new LongValue(1),
        new DoubleValue(1),
        new DoubleValue(-0.0),
        new DoubleValue(Double.NaN),
        NullValue.NULL,
        ArrayValue.of(alice),
        ArrayValue.of(new StringValue("open")),
        ObjectValue.of("owner", alice),
        ObjectValue.of("id", new StringValue("open")));
  }

  /** Some documents have expired, some have none of the fields. */
  private void fill(Session session, String name, Random random) {
    int collection = session.catalog().collection(name).id();
    for (int i = 0; i < DOCUMENTS; i++) {
      ObjectValue fields = ObjectValue.of("data", data(random));
      if (random.nextInt(8) == 0) {
        fields = fields.with("ttl", new TimeValue(Instant.parse("2020-01-01T00:00:00Z")));
      }
      documents.add(session.v4().create(collection, fields, Preparation.of(fields), null).ref());
    }
    Ref missing = new Ref(session.scope(), collection, 4711);
    if (!documents.contains(missing)) {
      documents.add(missing);
    }
  }

  /** Stores some documents anew, and deletes some. */
  private void overwrite(Session session, Random random) {
    for (Ref document : documents) {
      if (exists(session, document) && random.nextInt(3) == 0) {
        ObjectValue fields = ObjectValue.of("data", data(random));
        session.v4().write(document, _ -> Change.exactly(fields, Preparation.of(fields)), null);
      } else if (exists(session, document) && random.nextInt(8) == 0) {
        session.v4().delete(document);
      }
    }
  }

  private ObjectValue data(Random random) {
    ObjectValue data = ObjectValue.EMPTY;
    for (String field : FIELDS) {
      if (random.nextInt(4) != 0) {
        data = data.with(field, values.get(random.nextInt(values.size())));
      }
    }
    return data.with("held", values.get(random.nextInt(values.size())));
  }

  /** Of the documents so far the owner is what was held, and all are shown. */
  private static void migrate(Session session) {
    ArrayValue steps =
        ArrayValue.of(
            MigrationStep.encode(new MigrationStep.Drop(List.of("owner"))),
            MigrationStep.encode(new MigrationStep.Move(List.of("held"), List.of("owner"))),
            MigrationStep.encode(
                new MigrationStep.Add(
                    List.of("shown"), "Boolean", BooleanValue.TRUE, List.of("rest"))));
    int collection = session.catalog().collection("Moved").id();
    Ref definition = new Ref(session.scope(), SystemCollections.COLLECTION, collection);
    session
        .v4()
        .write(
            definition,
            before -> Change.exactly(before.fields(), Preparation.of(before.fields())),
            null);
    session.migrate(collection, steps, Set.of("owner", "held", "shown", "rest"));
  }

  private List<String> secrets() {
    String privileges = "{ resource: 'act', actions: { call: true } }";
    for (String resource : List.of("Plain", "Aliased", "Computed", "Moved", "Function")) {
      privileges +=
          ", { resource: '%s', actions: { read: \"%s\" } }"
              .formatted(resource, PredicateUnderTest.TEXT);
    }
    privileges += ", { resource: 'asRole', actions: { call: true } }";
    privileges += ", { resource: 'redefine', actions: { call: true } }";
    ask(
        "Function.create({ name: 'act', role: 'admin', body: '() => 0',"
            + " data: { name: 'open', state: 'open', shown: true, owner: User('1') } }); 0");
    ask(
        "Function.create({ name: 'redefine', role: 'admin', body: '() => {"
            + " Collection.byName(\"Plain\")!.update({ computed_fields:"
            + " { owner: { body: \"d => null\" } } }); 0 }' }); 0");
    ask("Function.create({ name: 'asRole', role: 'server', body: '() => 0' }); 0");
    ask(
        "Role.create({ name: 'r', membership: { resource: 'User' }, privileges: ["
            + privileges
            + "] }); 0");
    ask("Function.byName('asRole')!.update({ role: 'r' }); 0");
    String provider = "{ name: 'gate', issuer: '%s', jwks_uri: 'http://%s/', roles: 'r' }";
    String audience =
        ask("AccessProvider.create(%s).audience"
                .formatted(provider.formatted(TokenIssuer.NAME, issuer.host())))
            .asString();
    return List.of(
        ask("Token.create({ document: User('1') }).secret").asString(),
        ask("Token.create({ document: User('1') }).secret").asString(),
        ask("Token.create({ document: User('2') }).secret").asString(),
        ask("Key.create({ role: 'r' }).secret").asString(),
        IN_WORLD + "@doc/User/1",
        IN_WORLD + "@role/r",
        issuer.token(audience, "open"),
        issuer.token(audience, "1"));
  }

  /** The documents to ask about, there or not. */
  List<Ref> documents() {
    return List.copyOf(documents);
  }

  /** How many of them, the first ones, are of collections of the user. */
  int ordinaryDocuments() {
    return COLLECTIONS.size() * (DOCUMENTS + 1) + DOCUMENTS;
  }

  /** All documents of a collection that a session may read, one by one. */
  List<Ref> all(Session session, int collection) {
    List<Ref> found = new ArrayList<>();
    try (DocumentScan scan = session.v10().scan(collection, ReadTime.NOW, Direction.ASCENDING)) {
      while (scan.next()) {
        found.add(scan.ref());
      }
    }
    return found;
  }

  static boolean exists(Session session, Ref document) {
    return session.v4().get(document, Transaction.NOW).orNull() != null;
  }

  /** The session in which a function of the schema runs. */
  static Session inside(Session session, String function) {
    return session.enter(session.catalog().function(function), List.of());
  }

  static void call(Session session, String name) {
    FunctionDef function = session.catalog().function(name);
    session.languages().call(session.enter(function, List.of()), function, List.of());
  }

  /** Runs FQL v10 as an administrator. */
  JsonNode ask(String query) {
    return ask(ADMIN, query);
  }

  private JsonNode ask(String secret, String query) {
    byte[] body = JSON.writeValueAsString(Map.of("query", query)).getBytes(StandardCharsets.UTF_8);
    QueryOptions options =
        new QueryOptions(ResultFormat.SIMPLE, Optional.of(false), false, 30_000, "");
    JsonNode answer =
        JSON.readTree(
            fql10
                .query(
                    gate, Credentials.bearer(secret), options(), options, body, System.nanoTime())
                .body());
    if (!answer.has("data")) {
      throw new AssertionError(query + ": " + answer);
    }
    return answer.get("data");
  }

  /** The function that an FQL v4 lambda makes; null if it is refused. */
  Value lambda(String json, ApiVersion version) {
    String query =
        "{\"replace\":{\"ref\":{\"collection\":\"Scratch\"},\"id\":\"1\"},\"params\":{\"object\":"
            + "{\"data\":{\"object\":{\"p\":{\"query\":"
            + json
            + "}}}}}}";
    var request = new Fql4Queries.Query(query.getBytes(StandardCharsets.UTF_8), version, false);
    if (v4.run(Credentials.bearer(ADMIN), options(), request).status() != 200) {
      return null;
    }
    return get(
        session -> {
          Ref scratch = new Ref(session.scope(), session.catalog().collection("Scratch").id(), 1);
          return session.v4().get(scratch, Transaction.NOW).orNull().data().get("p");
        });
  }

  private <T> T get(Function<Session, T> body) {
    return gate.execute(Credentials.bearer(ADMIN), options(), new Metrics(), body::apply).value();
  }

  private void committed(Consumer<Session> body) {
    get(
        session -> {
          body.accept(session);
          return 0;
        });
  }

  /** Runs a request whose writes are taken back. */
  void as(String secret, Consumer<Session> body) {
    try {
      gate.execute(
          Credentials.bearer(secret),
          options(),
          new Metrics(),
          session -> {
            body.accept(session);
            throw new TakenBack();
          });
    } catch (TakenBack _) {
      // as it was before
    }
  }

  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static TransactionOptions options() {
    return TransactionOptions.within(TimeUnit.SECONDS.toNanos(60));
  }

  @Override
  public void close() {
    issuer.close();
    database.close();
  }
}
