package io.refugium.fql10.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.runtime.Limits;
import org.junit.jupiter.api.Test;

/** What a query forgets of the documents that it has read it reads again: nobody can tell. */
class RememberedDocumentsTest {
  private static final int COUNT = Limits.MAX_REMEMBERED + 100;

  @Test
  void aLongWalkFindsEverythingAsItWas() {
    try (Server server = new Server()) {
      server.ask("Collection.create({ name: 'C' })");
      server.ask("Array.sequence(0, %d).forEach(i => C.create({ id: i, n: i }))".formatted(COUNT));
      assertThat(
              server
                  .ask(
                      "let first = C(0)!; let absent = C(%d)\n".formatted(COUNT)
                          + "let walk = () => C.all().fold(0, (sum, d) => sum + d.n)\n"
                          + "let before = walk()\n"
                          + "first.update({ n: 1000000 })\n"
                          + "[before, walk() - before, first.n, absent.exists(), C(1)!.n]")
                  .toString())
          .isEqualTo("[%d,1000000,1000000,false,1]".formatted(COUNT * (COUNT - 1) / 2));
    }
  }
}
