package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.document.Version;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.TimeValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What streams of FQL v4 tell of edits of history (spec HTTP surface 11.3). */
class V4StreamsTest {
  private static final long LONG_AGO = 1_000_000_000_000_000L;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private List<Rewritten> rewritten(Ref ref, long at) {
    return world.adminGet(session -> session.v4().streams().rewritten(ref, at));
  }

  @Test
  void theRemovalOfTheOnlyVersionIsTold() {
    Ref todo = world.create(world.todos, World.object("done", true));
    long created = world.adminGet(session -> session.peek(todo).ts());
    world.admin(session -> session.v4().remove(todo, created, Version.Change.CREATE));
    assertThat(rewritten(todo, created))
        .containsExactly(new Rewritten.Removed(todo, created, Version.Change.CREATE));
  }

  @Test
  void nothingIsToldOfWhatExpiredAndIsClearedAway() {
    world.update(world.collection(world.todos), "history_days", new LongValue(0));
    Ref todo = new Ref(world.app, world.todos, 77);
    ObjectValue expired = ObjectValue.of("ttl", TimeValue.ofMicros(LONG_AGO + 1));
    world.admin(
        session ->
            session
                .v4()
                .insert(todo, LONG_AGO, Version.Change.CREATE, expired, Preparation.of(expired)));
    assertThat(rewritten(todo, LONG_AGO)).isNotEmpty();
    world.database.prune();
    assertThat(rewritten(todo, LONG_AGO)).isEmpty();
  }
}
