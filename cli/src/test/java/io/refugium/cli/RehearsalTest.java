package io.refugium.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rehearsed is what clients do: it has to go well. */
class RehearsalTest {
  private static final String SECRET = "for the rehearsal";

  @TempDir private Path data;

  @Test
  void playsWithoutARefusal() throws Exception {
    try (Node node = Node.start(Settings.local(data, SECRET, Settings.Operations.NONE))) {
      new Rehearsal(node.url(), SECRET).play(Duration.ofMillis(200));
    }
  }

  @Test
  void tellsWhenItIsRefused() {
    try (Node node = Node.start(Settings.local(data, SECRET, Settings.Operations.NONE))) {
      assertThatThrownBy(() -> new Rehearsal(node.url(), "another secret").play(Duration.ZERO))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("unauthorized");
    }
  }
}
