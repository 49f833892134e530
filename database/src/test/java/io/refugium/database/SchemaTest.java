package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static io.refugium.database.TestDatabase.value;
import static io.refugium.database.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.FieldFunctions;
import io.refugium.database.catalog.History;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentPath;
import io.refugium.database.document.Version;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private final TestDatabase db = new TestDatabase();

  @AfterEach
  void close() {
    db.close();
  }

  private Ref create(int kind, Object... fields) {
    return create(Ref.ROOT, kind, fields);
  }

  private Ref create(long scope, int kind, Object... fields) {
    return db.run(t -> t.create(t.newRef(scope, kind), object(fields)).ref());
  }

  private Catalog catalog() {
    return db.run(t -> t.catalog(Ref.ROOT));
  }

  @Test
  void idsComeFromSequences() {
    assertThat(db.collection("a").id()).isEqualTo(1024);
    assertThat(db.collection("b").id()).isEqualTo(1025);
    db.at(t -> t.delete(new Ref(Ref.ROOT, SystemCollections.COLLECTION, 1025)));
    assertThat(db.collection("b").id()).isEqualTo(1026);
  }

  @Test
  void namesAreUnique() {
    Ref first = db.collection("a");
    assertThatThrownBy(() -> db.collection("a"))
        .isInstanceOfSatisfying(
            DatabaseException.AlreadyExists.class, e -> assertThat(e.existing()).isEqualTo(first));
    Ref second = db.collection("b");
    assertThatThrownBy(() -> db.at(t -> t.put(second, object("name", "a"))))
        .isInstanceOf(DatabaseException.FieldNotUnique.class);
    db.at(
        t -> {
          t.delete(first);
          t.put(second, object("name", "a"));
          assertThat(t.byName(Ref.ROOT, SystemCollections.COLLECTION, "a")).isEqualTo(second);
          assertThat(t.catalog(Ref.ROOT).collection("b")).isNotNull();
          assertThat(t.pendingCatalog(Ref.ROOT).collection("b")).isNull();
        });
    assertThat(catalog().collection("a").document().ref()).isEqualTo(second);
    assertThat(catalog().collection("b")).isNull();
  }

  @Test
  void issuersAreUnique() {
    create(SystemCollections.ACCESS_PROVIDER, "name", "p", "issuer", "i");
    assertThatThrownBy(() -> create(SystemCollections.ACCESS_PROVIDER, "name", "q", "issuer", "i"))
        .isInstanceOfSatisfying(
            DatabaseException.FieldNotUnique.class, e -> assertThat(e.field()).isEqualTo("issuer"));
  }

  @Test
  void catalogsAreShared() {
    db.collection("a");
    Catalog catalog = catalog();
    assertThat(catalog()).isSameAs(catalog);
    assertThat(catalog.<Object>memo("k", Object::new))
        .isSameAs(catalog.<Object>memo("k", Object::new));
    db.collection("b");
    assertThat(catalog()).isNotSameAs(catalog);
    assertThat(catalog().version()).isGreaterThan(catalog.version());
  }

  @Test
  void anOldSnapshotSeesItsOwnCatalog() {
    db.collection("a");
    long before = db.database.now();
    db.collection("b");
    Catalog now = catalog();
    Catalog then =
        db.database.readAt(before, TestDatabase.options(), new Metrics(), t -> t.catalog(Ref.ROOT));
    assertThat(then.collection("b")).isNull();
    assertThat(catalog()).isSameAs(now);
  }

  @Test
  void aTransactionWithAnOutdatedSchemaRunsAgain() {
    Ref a = db.collection("a");
    int[] attempts = {0};
    db.at(
        t -> {
          t.create(t.newRef(Ref.ROOT, (int) a.id()), data());
          if (attempts[0]++ == 0) {
            db.collection("b");
          }
        });
    assertThat(attempts[0]).isEqualTo(2);
  }

  // ---------------------------------------------------------------- v10 indexes

  private Ref v10(ObjectValue definition) {
    return db.run(
        t -> t.create(t.newRef(Ref.ROOT, SystemCollections.COLLECTION), definition).ref());
  }

  private static ObjectValue index(String term, String... valuePaths) {
    ObjectValue index = object("terms", new Object[] {object("field", term)});
    Object[] covered = new Object[valuePaths.length];
    for (int i = 0; i < covered.length; i++) {
      covered[i] = object("field", valuePaths[i], "order", i == 0 ? "desc" : "asc");
    }
    return covered.length == 0 ? index : index.with("values", value(covered));
  }

  @Test
  void collectionsHaveIndexes() {
    Ref c =
        v10(
            object(
                "name",
                "C",
                "indexes",
                object(
                    "byA", index(".a", ".b"), "alsoByA", index("a", "['b']"), "plain", index("a")),
                "constraints",
                new Object[] {
                  object("check", object("name", "x", "body", "y")),
                  object("unique", new Object[] {"a"})
                }));
    Document document = db.read(c);
    ObjectValue byA = (ObjectValue) ((ObjectValue) document.get("indexes")).get("byA");
    assertThat(byA.get("status")).isEqualTo(value("complete"));
    assertThat(byA.get("queryable")).isEqualTo(BooleanValue.TRUE);
    ArrayValue constraints = (ArrayValue) document.get("constraints");
    assertThat(constraints.get(0))
        .isEqualTo(object("unique", new Object[] {"a"}, "status", "active"));
    CollectionDef definition = catalog().collection("C");
    assertThat(definition.indexes()).hasSize(2);
    IndexDef backing = definition.namedIndexes().get("byA").backing();
    assertThat(definition.namedIndexes().get("alsoByA").backing()).isEqualTo(backing);
    assertThat(definition.uniqueConstraints().getFirst().backing())
        .isEqualTo(definition.namedIndexes().get("plain").backing());
    db.at(
        t -> {
          t.create(in(c, 1), data("a", 1, "b", 1));
          t.create(in(c, 2), data("a", 2, "b", 2));
          t.create(in(c, 3), data("b", 3));
          t.create(in(c, 4), data("a", 4));
        });
    assertThat(db.ids(backing, 1)).containsExactly(1L);
    assertThat(db.ids(backing, (Object) null)).isEmpty();
    assertThat(db.ids(backing, 4)).containsExactly(4L);
    assertThatThrownBy(() -> db.at(t -> t.create(in(c, 5), data("a", 1))))
        .isInstanceOf(DatabaseException.NotUnique.class);
  }

  @Test
  void anIndexKeepsItsEntriesWhenRenamed() {
    Ref c = v10(object("name", "C", "indexes", object("byA", index("a"))));
    int id = catalog().collection("C").namedIndexes().get("byA").backing().id();
    db.at(t -> t.put(c, object("name", "D", "indexes", object("other", index(".a")))));
    assertThat(catalog().collection("D").namedIndexes().get("other").backing().id()).isEqualTo(id);
    db.at(t -> t.put(c, object("name", "D", "indexes", object("other", index(".b")))));
    assertThat(catalog().collection("D").namedIndexes().get("other").backing().id())
        .isNotEqualTo(id);
    db.at(t -> t.put(c, object("name", "D")));
    assertThat(catalog().indexes()).isEmpty();
  }

  @Test
  void aLargeCollectionIsIndexedInTheBackground() {
    Ref c = db.collection("C");
    db.at(
        t -> {
          for (int i = 0; i < 600; i++) {
            t.put(in(c, i), data("a", i % 3));
          }
        });
    db.at(
        t -> {
          t.put(c, object("name", "C", "indexes", object("byA", index("a"), "hidden", index("b"))));
          t.finish();
          ObjectValue indexes = (ObjectValue) t.peek(c).get("indexes");
          assertThat(((ObjectValue) indexes.get("byA")).get("status")).isEqualTo(value("building"));
          assertThat(((ObjectValue) indexes.get("byA")).get("queryable"))
              .isEqualTo(BooleanValue.FALSE);
        });
    db.database.awaitBuilds();
    CollectionDef definition = catalog().collection("C");
    assertThat(definition.namedIndexes().get("byA").queryable()).isTrue();
    assertThat(db.ids(definition.namedIndexes().get("byA").backing(), 1)).hasSize(200);
    assertThat(
            ((ObjectValue)
                    CollectionDef.Fields.object(definition.document().fields(), "indexes")
                        .get("hidden"))
                .get("status"))
        .isEqualTo(value("complete"));
  }

  @Test
  void aChangedIndexIsNotQueryableBeforeItIsBuilt() {
    Ref c = db.collection("C");
    db.at(t -> t.put(c, object("name", "C", "indexes", object("by", index("a")))));
    db.at(
        t -> {
          for (int i = 0; i < 200; i++) {
            t.put(in(c, i), data("a", i));
          }
        });
    ObjectValue built =
        (ObjectValue) CollectionDef.Fields.object(db.read(c).fields(), "indexes").get("by");
    assertThat(built.get("queryable")).isEqualTo(BooleanValue.TRUE);
    ObjectValue merged = index("b").with("queryable", built.get("queryable"));
    db.at(
        t -> {
          t.put(c, object("name", "C", "indexes", object("by", merged)));
          t.finish();
          ObjectValue by =
              (ObjectValue) CollectionDef.Fields.object(t.peek(c).fields(), "indexes").get("by");
          assertThat(by.get("queryable")).isEqualTo(BooleanValue.FALSE);
        });
    db.database.awaitBuilds();
    assertThat(catalog().collection("C").namedIndexes().get("by").queryable()).isTrue();
  }

  @Test
  void pathsHaveOneCanonicalForm() {
    assertThat(DocumentPath.steps(".a.b[0][\"c d\"]")).containsExactly("a", "b", 0L, "c d");
    assertThat(DocumentPath.canonical("a['b']")).isEqualTo(DocumentPath.canonical(".a.b"));
    assertThat(DocumentPath.steps("[\"a\"][0]")).containsExactly("a", 0L);
    for (String bad : List.of("", "..a", "a b", "a.", "a[", "a[\"x]", "a[x]", "a-b", "$a")) {
      assertThatThrownBy(() -> DocumentPath.steps(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---------------------------------------------------------------- renames

  @Test
  void namesAreFollowed() {
    Ref c = db.collection("C");
    Ref role =
        create(
            SystemCollections.ROLE,
            "name",
            "r",
            "privileges",
            object("resource", "C", "actions", object("read", true)),
            "membership",
            new Object[] {object("resource", "C"), object("resource", "D")});
    Ref function = create(SystemCollections.FUNCTION, "name", "f", "body", "x", "role", "r");
    Ref key = create(SystemCollections.KEY, "role", "r");
    Ref provider =
        create(
            SystemCollections.ACCESS_PROVIDER,
            "name",
            "p",
            "issuer",
            "i",
            "roles",
            new Object[] {"r", object("role", "r", "predicate", "r")});
    db.at(t -> t.put(c, object("name", "C2")));
    db.at(t -> t.put(role, db.read(role).fields().with("name", value("r2"))));
    ObjectValue fields = db.read(role).fields();
    assertThat(((ObjectValue) fields.get("privileges")).get("resource")).isEqualTo(value("C2"));
    assertThat(fields.get("membership"))
        .isEqualTo(value(new Object[] {object("resource", "C2"), object("resource", "D")}));
    assertThat(db.read(function).get("role")).isEqualTo(value("r2"));
    assertThat(db.read(key).get("role")).isEqualTo(value("r2"));
    assertThat(db.read(provider).get("roles"))
        .isEqualTo(value(new Object[] {"r2", object("role", "r2", "predicate", "r")}));
  }

  // ---------------------------------------------------------------- history

  @Test
  void historyThatIsGoneStaysGone() {
    long day = 86_400_000_000L;
    long now = 100 * day;
    assertThat(History.minimumValidTime(now, 0L, 0)).isEqualTo(now - History.GRACE_MICROS);
    assertThat(History.minimumValidTime(now, 3L, 0))
        .isEqualTo(now - 3 * day - History.GRACE_MICROS);
    assertThat(History.minimumValidTime(now, null, 0)).isZero();
    assertThat(History.minimumValidTime(now, Long.MAX_VALUE, 0)).isZero();
    long floor = History.nextFloor(now, 1L, 0, 50L);
    assertThat(History.minimumValidTime(now, 50L, floor))
        .isEqualTo(now - day - History.GRACE_MICROS);
  }

  @Test
  void oldVersionsAreMerged() {
    Ref c = db.collection("C");
    long old = db.database.now() - 3_600_000_000L;
    db.at(t -> t.put(in(c, 1), data("a", 4)));
    db.at(
        t -> {
          t.insertVersion(in(c, 1), old, data("a", 1));
          t.insertVersion(in(c, 1), old + 1, data("a", 2));
        });
    db.run(
        t -> {
          var versions =
              t.versions(in(c, 1), 0, Transaction.NOW, io.refugium.storage.Direction.ASCENDING);
          Version first = versions.next();
          assertThat(first.change()).isEqualTo(Version.Change.CREATE);
          assertThat(first.ts()).isEqualTo(old + 1);
          assertThat(versions.next().change()).isEqualTo(Version.Change.UPDATE);
          assertThat(versions.hasNext()).isFalse();
          return null;
        });
  }

  // ---------------------------------------------------------------- databases

  @Test
  void databasesFormATree() {
    Ref parent = create(SystemCollections.DATABASE, "name", "parent", "typechecked", false);
    long parentScope = Transaction.scopeOf(parent);
    Ref child = create(parentScope, SystemCollections.DATABASE, "name", "child", "protected", true);
    long childScope = Transaction.scopeOf(child);
    DatabaseInfo info = db.run(t -> t.resolve(Ref.ROOT, List.of("parent", "child")));
    assertThat(info.scope()).isEqualTo(childScope);
    assertThat(info.path()).containsExactly("parent", "child");
    assertThat(info.ancestors()).containsExactly(parentScope, Ref.ROOT);
    assertThat(info.typechecked()).isFalse();
    assertThat(info.isProtected()).isTrue();
    assertThat(info.isWithin(parentScope)).isTrue();
    assertThat(db.run(t -> t.resolve(Ref.ROOT, List.of("child"))) == null).isTrue();
    db.at(t -> t.put(parent, object("name", "renamed", "protected", false)));
    DatabaseInfo renamed = db.run(t -> t.database(childScope));
    assertThat(renamed.path()).containsExactly("renamed", "child");
    assertThat(renamed.typechecked()).isTrue();
    assertThat(renamed.isProtected()).isTrue();
  }

  @Test
  void noDatabaseCanTakeTheIdOfAnothersKey() {
    Ref parent = create(SystemCollections.DATABASE, "name", "parent");
    Ref key = create(SystemCollections.KEY, "role", "admin");
    Ref taken = new Ref(Transaction.scopeOf(parent), SystemCollections.KEY, key.id());
    assertThatThrownBy(() -> db.at(t -> t.create(taken, object("role", "client"))))
        .isInstanceOf(DatabaseException.FieldNotUnique.class);
    assertThat(db.<Ref>run(t -> t.identities().key(key.id()))).isEqualTo(key);
    db.at(t -> t.delete(key));
    db.at(t -> t.create(taken, object("role", "client")));
    assertThat(db.<Ref>run(t -> t.identities().key(key.id()))).isEqualTo(taken);
  }

  @Test
  void aDeletedDatabaseIsGoneAtOnceWithAllBelow() {
    Ref parent = create(SystemCollections.DATABASE, "name", "parent");
    long scope = Transaction.scopeOf(parent);
    Ref child = create(scope, SystemCollections.DATABASE, "name", "child");
    Ref key = create(SystemCollections.KEY, "role", "admin", "database", parent);
    Ref inner = create(Transaction.scopeOf(child), SystemCollections.KEY, "role", "admin");
    assertThat(db.<Ref>run(t -> t.identities().key(inner.id()))).isEqualTo(inner);
    db.at(t -> t.delete(parent));
    assertThatThrownBy(() -> db.run(t -> t.catalog(scope)))
        .isInstanceOf(DatabaseException.DatabaseNotFound.class);
    assertThatThrownBy(() -> db.run(t -> t.catalog(Transaction.scopeOf(child))))
        .isInstanceOf(DatabaseException.DatabaseNotFound.class);
    assertThat(db.run(t -> t.database(scope)) == null).isTrue();
    assertThat(db.read(key) == null).isTrue();
    assertThat(create(SystemCollections.DATABASE, "name", "parent").id()).isNotEqualTo(parent.id());
  }

  @Test
  void aDatabaseMovesWithItsKeys() {
    Ref a = create(SystemCollections.DATABASE, "name", "a");
    Ref b = create(SystemCollections.DATABASE, "name", "b");
    long inB = Transaction.scopeOf(b);
    Ref c =
        db.run(
            t -> TestDatabase.createCollection(t, Transaction.scopeOf(a), "C", ObjectValue.EMPTY));
    db.at(t -> t.create(in(c, 1), data("x", 1)));
    Ref key = create(SystemCollections.KEY, "role", "admin", "database", a);
    db.at(t -> t.moveDatabase(a, inB));
    DatabaseInfo moved = db.run(t -> t.resolve(Ref.ROOT, List.of("b", "a")));
    assertThat(moved.scope()).isEqualTo(Transaction.scopeOf(a));
    assertThat(db.read(in(c, 1)).data()).isEqualTo(object("x", 1));
    Ref keyNow = db.run(t -> t.identities().key(key.id()));
    assertThat(keyNow).isEqualTo(new Ref(inB, SystemCollections.KEY, key.id()));
    assertThat(db.read(keyNow).get("database")).isEqualTo(moved.document().ref());
    assertThatThrownBy(() -> db.at(t -> t.moveDatabase(b, moved.scope())))
        .isInstanceOfSatisfying(
            DatabaseException.InvalidMove.class,
            e ->
                assertThat(e.reason())
                    .isEqualTo(DatabaseException.InvalidMove.Reason.INTO_DESCENDANT));
    assertThatThrownBy(() -> db.at(t -> t.moveDatabase(b, Ref.ROOT)))
        .isInstanceOf(DatabaseException.InvalidMove.class);
  }

  @Test
  void aDatabaseMovesWithoutReferencesToItsOldParent() {
    Ref a = create(SystemCollections.DATABASE, "name", "a");
    Ref b = create(SystemCollections.DATABASE, "name", "b");
    Ref role = create(SystemCollections.ROLE, "name", "r");
    Ref byRef = create(SystemCollections.KEY, "role", role, "database", a);
    Ref both =
        create(
            SystemCollections.KEY,
            "role",
            new ArrayValue(List.of(role, new StringValue("r"))),
            "database",
            a);
    db.at(t -> t.moveDatabase(a, Transaction.scopeOf(b)));
    assertThat(roleNow(byRef)).isEqualTo(ArrayValue.EMPTY);
    assertThat(roleNow(both)).isEqualTo(new ArrayValue(List.of(new StringValue("r"))));

    Ref c = create(SystemCollections.DATABASE, "name", "c", "data", object("of", role));
    assertThatThrownBy(() -> db.at(t -> t.moveDatabase(c, Transaction.scopeOf(b))))
        .isInstanceOfSatisfying(
            DatabaseException.InvalidMove.class,
            e ->
                assertThat(e.reason())
                    .isEqualTo(DatabaseException.InvalidMove.Reason.REFERS_TO_PARENT));
  }

  private Value roleNow(Ref key) {
    return db.read(db.run(t -> t.identities().key(key.id()))).get("role");
  }

  @Test
  void aDatabaseCreatedHereCanBeUsedHere() {
    db.run(
        t -> {
          Ref database = t.newRef(Ref.ROOT, SystemCollections.DATABASE);
          t.create(database, object("name", "d"));
          long scope = Transaction.scopeOf(database);
          assertThat(t.database(scope).path()).containsExactly("d");
          assertThat(t.catalog(scope).collections()).isEmpty();
          t.create(t.newRef(scope, SystemCollections.KEY), object("role", "admin"));
          return null;
        });
  }

  @Test
  void identityIsFoundByDocument() {
    Ref users = db.collection("users");
    Ref credential = create(SystemCollections.CREDENTIAL, "instance", in(users, 1));
    Ref token = create(SystemCollections.TOKEN, "instance", in(users, 1));
    assertThat(db.<List<Ref>>run(t -> t.identities().credentialsOf(in(users, 1))))
        .containsExactly(credential);
    assertThat(db.<List<Ref>>run(t -> t.identities().tokensOf(in(users, 1))))
        .containsExactly(token);
    db.at(t -> t.put(token, object("instance", in(users, 2))));
    assertThat(db.<List<Ref>>run(t -> t.identities().tokensOf(in(users, 1)))).isEmpty();
    assertThat(db.<List<Ref>>run(t -> t.identities().tokensOf(in(users, 2))))
        .containsExactly(token);
    db.at(t -> t.put(token, object("instance", in(users, 2), "ttl", TimeValue.ofMicros(1))));
    assertThat(db.<List<Ref>>run(t -> t.identities().tokensOf(in(users, 2)))).isEmpty();
  }

  @Test
  void hooksCheckAndCompute() {
    StringBuilder log = new StringBuilder();
    DocumentChecks checks =
        new DocumentChecks() {
          @Override
          public void beforeWrite(
              Transaction t, CollectionDef collection, Document before, Document after) {
            log.append(before == null ? "create " : "update ");
          }

          @Override
          public void afterWrite(
              Transaction t, CollectionDef collection, Document before, Document after) {
            assertThat(t.peek(after.ref())).isEqualTo(after);
            log.append("done ");
          }
        };
    SchemaChecks schema =
        new SchemaChecks() {
          @Override
          public void atEnd(Transaction t, Catalog before, Catalog after) {
            log.append(before.collections().size())
                .append('>')
                .append(after.collections().size())
                .append(' ');
          }
        };
    FieldFunctions functions =
        new FieldFunctions() {
          @Override
          public io.refugium.model.Value binding(
              Catalog catalog, io.refugium.model.LambdaValue function, Document document) {
            return null;
          }

          @Override
          public io.refugium.model.Value computedField(
              Catalog catalog, CollectionDef collection, String field, Document document) {
            return document.data().get("a") instanceof StringValue(String a)
                ? value(a + "!")
                : NullValue.NULL;
          }
        };
    try (TestDatabase hooked = new TestDatabase(new Hooks(functions, checks, schema))) {
      Ref c =
          hooked.run(
              t ->
                  t.create(
                          t.newRef(Ref.ROOT, SystemCollections.COLLECTION),
                          object(
                              "name", "C",
                              "computed_fields", object("loud", object("body", "x")),
                              "indexes", object("byLoud", index("loud"))))
                      .ref());
      hooked.at(t -> t.create(in(c, 1), data("a", "hey")));
      hooked.at(t -> t.put(in(c, 1), data("a", "ho")));
      assertThat(log.toString()).isEqualTo("0>1 create done update done ");
      IndexDef index =
          hooked.run(
              t -> t.catalog(Ref.ROOT).collection("C").namedIndexes().get("byLoud").backing());
      assertThat(hooked.ids(index, "ho!")).containsExactly(1L);
      assertThat(
              hooked.<Boolean>run(
                  t ->
                      t.sets()
                          .scan(
                              index,
                              values("hey!"),
                              Transaction.NOW,
                              io.refugium.storage.Direction.ASCENDING)
                          .next()))
          .isFalse();
    }
  }
}
