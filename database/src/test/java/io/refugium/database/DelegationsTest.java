package io.refugium.database;

import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That there are no delegates is believed exactly as long as it is true. */
class DelegationsTest {
  private TestDatabase db;
  private Ref users;
  private Ref ann;
  private Ref bob;
  private Ref cid;

  @BeforeEach
  void fill() {
    db = new TestDatabase();
    users = db.collection("users");
    ann = in(users, 1);
    bob = in(users, 2);
    cid = in(users, 3);
    db.at(
        t -> {
          t.create(ann, object());
          t.create(bob, object());
          t.create(cid, object());
        });
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static ObjectValue delegating(Ref... delegates) {
    return object("delegates", ArrayValue.of(delegates));
  }

  private List<Ref> delegatorsOf(Ref delegate) {
    return db.run(t -> t.identities().delegatorsOf(delegate, 100));
  }

  private List<Ref> delegatorsOf(Ref delegate, long at) {
    return db.database.readAt(
        at, TestDatabase.options(), new Metrics(), t -> t.identities().delegatorsOf(delegate, 100));
  }

  @Test
  void theFirstOneEndsTheBelief() {
    assertThat(delegatorsOf(bob)).isEmpty();
    long before = db.database.now();

    long after = db.at(t -> t.put(ann, delegating(bob)));

    assertThat(delegatorsOf(bob)).containsExactly(ann);
    assertThat(delegatorsOf(bob, before)).isEmpty();
    assertThat(delegatorsOf(bob, after)).containsExactly(ann);
  }

  @Test
  void aTransactionSeesItsOwn() {
    db.at(
        t -> {
          assertThat(t.identities().delegatorsOf(bob, 100)).isEmpty();
          t.put(ann, delegating(bob));
          assertThat(t.identities().delegatorsOf(bob, 100)).containsExactly(ann);
          t.put(ann, object());
          assertThat(t.identities().delegatorsOf(bob, 100)).isEmpty();
          t.put(cid, delegating(bob));
          assertThat(t.identities().delegatorsOf(bob, 100)).containsExactly(cid);
        });
    assertThat(delegatorsOf(bob)).containsExactly(cid);
  }

  @Test
  void whoReadsEarlierSeesThoseThatWereRemovedBeforeTheLook() {
    long with = db.at(t -> t.put(ann, delegating(bob)));
    db.at(t -> t.put(ann, object()));

    assertThat(delegatorsOf(bob)).as("looks for the first time").isEmpty();
    assertThat(delegatorsOf(bob, with)).containsExactly(ann);
  }

  @Test
  void theOneThatWasThereMayGoMeanwhile() {
    db.at(t -> t.put(ann, delegating(cid)));
    List<Integer> attempts = new ArrayList<>();

    db.at(
        t -> {
          attempts.add(t.attempt());
          t.put(cid, delegating(bob)); // relies on ann's
          if (t.attempt() == 1) {
            CompletableFuture.runAsync(
                    () -> {
                      db.at(other -> other.put(ann, object()));
                      assertThat(delegatorsOf(bob)).as("there are none now").isEmpty();
                    })
                .join();
          }
        });

    assertThat(attempts).containsExactly(1, 2);
    assertThat(delegatorsOf(bob)).containsExactly(cid);
  }

  @Test
  void whoBelievedAndWritesRunsAgain() {
    assertThat(delegatorsOf(bob)).isEmpty();
    List<List<Ref>> seen = new ArrayList<>();

    db.at(
        t -> {
          seen.add(t.identities().delegatorsOf(bob, 100));
          t.put(cid, object("data", object("seen", (long) seen.getLast().size())));
          if (t.attempt() == 1) {
            CompletableFuture.runAsync(() -> db.at(other -> other.put(ann, delegating(bob))))
                .join();
          }
        });

    assertThat(seen).containsExactly(List.of(), List.of(ann));
  }

  @Test
  void historyThatIsRewrittenCountsToo() {
    assertThat(delegatorsOf(bob)).isEmpty();
    long between = db.at(t -> t.put(cid, object()));
    db.at(t -> t.insertVersion(ann, between, delegating(bob)));
    assertThat(delegatorsOf(bob)).containsExactly(ann);

    long removed = db.at(t -> t.put(ann, object()));
    db.at(t -> t.touchSchema(Ref.ROOT));
    assertThat(delegatorsOf(bob)).as("looks again, and there are none").isEmpty();

    db.at(t -> t.removeVersion(ann, removed));
    assertThat(delegatorsOf(bob)).containsExactly(ann);
  }

  /** Random lives, in which every look is compared with what was written. */
  @Property(tries = 200)
  void agreesWithWhatWasWritten(@ForAll Random random) {
    fill();
    List<Ref> all = List.of(ann, bob, cid);
    Map<Ref, Ref> now = new HashMap<>(); // who delegates to whom
    TreeMap<Long, Map<Ref, Ref>> past = new TreeMap<>();
    past.put(db.database.now(), Map.of());
    for (int step = 0; step < 30; step++) {
      Ref delegate = all.get(random.nextInt(3));
      switch (random.nextInt(5)) {
        case 0 -> {
          Ref by = all.get(random.nextInt(3));
          now.put(by, delegate);
          past.put(db.at(t -> t.put(by, delegating(delegate))), Map.copyOf(now));
        }
        case 1, 2 -> {
          Ref by = all.get(random.nextInt(3));
          now.remove(by);
          past.put(db.at(t -> t.put(by, object())), Map.copyOf(now));
        }
        case 3 -> assertThat(delegatorsOf(delegate)).isEqualTo(delegators(now, delegate));
        default -> {
          Long time = past.ceilingKey(random.nextLong(past.firstKey(), past.lastKey() + 1));
          assertThat(delegatorsOf(delegate, time)).isEqualTo(delegators(past.get(time), delegate));
        }
      }
    }
    close();
  }

  private static List<Ref> delegators(Map<Ref, Ref> delegations, Ref delegate) {
    return delegations.keySet().stream()
        .filter(by -> delegations.get(by).equals(delegate))
        .sorted((a, b) -> Long.compare(a.id(), b.id()))
        .toList();
  }
}
