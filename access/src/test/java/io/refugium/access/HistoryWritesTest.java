package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static io.refugium.access.World.v10;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.Transaction;
import io.refugium.database.document.Version;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading and rewriting the past, and moving databases: the last rows of spec access 6.1. */
class HistoryWritesTest {
  private static final long THEN = 1_000_000_000_000L;

  private final World world = new World();
  private final ObjectValue past = ObjectValue.of("data", object("past", true));
  private final Preparation stored = Preparation.of(past);

  @AfterEach
  void close() {
    world.close();
  }

  private void insert(Session session, Ref ref) {
    session.v4().insert(ref, THEN, Version.Change.CREATE, past, stored);
  }

  private void insertAs(String secret, Ref ref) {
    world.as(
        secret,
        s -> {
          insert(s, ref);
          return null;
        });
  }

  private void removeAs(String secret, Ref ref, Version.Change change) {
    world.as(
        secret,
        s -> {
          s.v4().remove(ref, THEN, change);
          return null;
        });
  }

  private long versions(Ref ref) {
    return world.adminGet(
        s -> {
          long count = 0;
          var history = s.v4().history(ref, 0, Transaction.NOW, Direction.ASCENDING);
          while (history.hasNext()) {
            history.next();
            count++;
          }
          return count;
        });
  }

  @Test
  void thePastIsWrittenByHistoryWriteAlone() {
    world.role(
        "All but one",
        privilege(
            world.collection(world.todos),
            "read",
            true,
            "write",
            true,
            "create",
            true,
            "create_with_id",
            true,
            "delete",
            true,
            "history_read",
            true));
    world.role("One", privilege(world.collection(world.todos), "history_write", true));
    for (String role : List.of("All but one", "client", "server-readonly")) {
      assertThatThrownBy(() -> insertAs(world.key(role), world.todo10))
          .isInstanceOf(AccessException.Denied.class);
      assertThatThrownBy(() -> removeAs(world.key(role), world.todo10, Version.Change.CREATE))
          .isInstanceOf(AccessException.Denied.class);
    }
    insertAs(world.key("One"), world.todo10);
    assertThat(versions(world.todo10)).isEqualTo(2);
    removeAs(world.key("One"), world.todo10, Version.Change.CREATE);
    assertThat(versions(world.todo10)).isEqualTo(1);
  }

  @Test
  void permissionWinsOverValidation() {
    assertThatThrownBy(
            () ->
                world.as(
                    world.key("client"),
                    s -> {
                      s.v4()
                          .insert(
                              world.todo10,
                              THEN,
                              Version.Change.CREATE,
                              past,
                              _ -> {
                                throw new IllegalStateException("validated");
                              });
                      return null;
                    }))
        .isInstanceOf(AccessException.Denied.class);
  }

  @Test
  void removingTakesOnlyWhatIsMeant() {
    String admin = world.key("admin");
    insertAs(admin, world.todo10);
    removeAs(admin, world.todo10, Version.Change.DELETE);
    assertThat(versions(world.todo10)).isEqualTo(2);
    removeAs(admin, world.todo11, Version.Change.CREATE);
    assertThat(versions(world.todo11)).isEqualTo(1);
    removeAs(admin, world.todo10, Version.Change.UPDATE);
    assertThat(versions(world.todo10)).isEqualTo(1);
  }

  @Test
  void deletionsInThePastAreRemovedAsDeletions() {
    String admin = world.key("admin");
    world.as(
        admin,
        s -> {
          s.v4().insert(world.todo10, THEN, Version.Change.DELETE, ObjectValue.EMPTY, stored);
          return null;
        });
    assertThat(versions(world.todo10)).isEqualTo(2);
    removeAs(admin, world.todo10, Version.Change.CREATE);
    assertThat(versions(world.todo10)).isEqualTo(2);
    removeAs(admin, world.todo10, Version.Change.DELETE);
    assertThat(versions(world.todo10)).isEqualTo(1);
  }

  @Test
  void predicatesGetTheEvent() {
    List<Operation.HistoryWrite> asked = new ArrayList<>();
    world.predicates.put(
        "notes",
        (_, input) -> {
          asked.add((Operation.HistoryWrite) input);
          return World.returned(World.value(true));
        });
    world.role("R", privilege(world.collection(world.todos), "history_write", v10("notes")));
    String secret = world.key("R");
    insertAs(secret, world.todo10);
    removeAs(secret, world.todo10, Version.Change.CREATE);
    removeAs(secret, world.todo10, Version.Change.DELETE);
    assertThat(asked)
        .containsExactly(
            new Operation.HistoryWrite(world.todo10, THEN, Version.Change.CREATE, past),
            new Operation.HistoryWrite(world.todo10, THEN, Version.Change.CREATE, past),
            new Operation.HistoryWrite(
                world.todo10, THEN, Version.Change.DELETE, ObjectValue.EMPTY));
  }

  @Test
  void thePastHandsOnNoRightsEither() {
    world.role("R");
    world.update(world.collection(world.posts), "permissions", object("history_write", "public"));
    Ref post = new Ref(world.app, world.posts, 5);
    String alice = world.token(world.alice);
    for (ObjectValue fields :
        List.of(
            past.with("permissions", object("read", "public")),
            past.with("permissions", object("read", world.bob)))) {
      assertThatThrownBy(
              () ->
                  world.as(
                      alice,
                      s -> {
                        s.v4()
                            .insert(
                                post, THEN, Version.Change.CREATE, fields, Preparation.of(fields));
                        return null;
                      }))
          .isInstanceOf(AccessException.Denied.class);
    }
    insertAs(alice, post);
    assertThat(versions(post)).isEqualTo(1);
  }

  @Test
  void nothingIsRewrittenElsewhereOrReadOnly() {
    Ref below = new Ref(world.kid, world.todos, 1);
    String admin = world.key("admin");
    assertThatThrownBy(() -> insertAs(admin, below))
        .isInstanceOf(AccessException.ForeignWrite.class);
    assertThatThrownBy(() -> removeAs(admin, below, Version.Change.CREATE))
        .isInstanceOf(AccessException.ForeignWrite.class);
    for (Gate.Body<Object> write :
        List.<Gate.Body<Object>>of(
            s -> {
              insert(s.readOnly(), world.todo10);
              return null;
            },
            s -> {
              s.readOnly().v4().remove(world.todo10, THEN, Version.Change.CREATE);
              return null;
            },
            s -> s.readOnly().v4().moveDatabase(kid(), world.app))) {
      assertThatThrownBy(() -> world.as(admin, write))
          .isInstanceOf(AccessException.WriteRefused.class);
    }
  }

  @Test
  void thePastIsReadByHistoryReadAlone() {
    world.role("R", privilege(world.collection(world.todos), "read", true));
    world.role("H", privilege(world.collection(world.todos), "history_read", true));
    assertThatThrownBy(() -> world.as(world.key("R"), this::history))
        .isInstanceOf(AccessException.Denied.class);
    boolean found = world.as(world.key("H"), this::history);
    assertThat(found).isTrue();
  }

  private boolean history(Session session) {
    return session.v4().history(world.todo10, 0, Transaction.NOW, Direction.ASCENDING).hasNext();
  }

  // ---------------------------------------------------------------- databases

  private Ref kid() {
    return new Ref(world.app, SystemCollections.DATABASE, world.kid);
  }

  @Test
  void movingADatabaseNeedsTheRightToDeleteIt() {
    ObjectValue other = object("name", "other");
    Ref target = world.create(SystemCollections.DATABASE, other);
    world.role("Deletes", privilege(new StringValue("Database"), "delete", true));
    world.role("Writes", privilege(new StringValue("Database"), "write", true, "read", true));
    long scope = Transaction.scopeOf(target);
    for (String role : List.of("client", "server", "server-readonly", "Writes")) {
      assertThatThrownBy(() -> world.as(world.key(role), s -> s.v4().moveDatabase(kid(), scope)))
          .isInstanceOf(AccessException.Denied.class);
    }
    assertThat(world.scope(World.ROOT + ":app/kid:admin")).isEqualTo(world.kid);
    Ref moved = world.as(world.key("Deletes"), s -> s.v4().moveDatabase(kid(), scope).ref());
    assertThat(moved.scope()).isEqualTo(scope);
    assertThat(world.scope(World.ROOT + ":app/other/kid:admin")).isEqualTo(world.kid);
  }

  @Test
  void onlyDatabasesOfThisOneAreMoved() {
    Ref app = new Ref(Ref.ROOT, SystemCollections.DATABASE, world.app);
    assertThatThrownBy(() -> world.as(world.key("admin"), s -> s.v4().moveDatabase(app, world.kid)))
        .isInstanceOf(AccessException.ForeignWrite.class);
  }
}
