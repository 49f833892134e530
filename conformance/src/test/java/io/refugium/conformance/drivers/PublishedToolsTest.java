package io.refugium.conformance.drivers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What others have published for Fauna, and old releases, as they are, run from {@code
 * drivers/tools}.
 */
class PublishedToolsTest {
  private static final NodePrograms PROGRAMS = new NodePrograms(Path.of("drivers", "tools"));

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    PROGRAMS.install();
  }

  @ParameterizedTest
  @ValueSource(strings = {"old-drivers.js", "old-shell.js", "next-auth.js", "schema-migrate.js"})
  void tellsItsStory(String story) throws IOException, InterruptedException {
    PROGRAMS.tell(story);
  }
}
