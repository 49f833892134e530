package io.refugium.conformance.drivers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JavaScript drivers, run by Node from {@code drivers/js}. */
class JavaScriptDriverTest {
  private static final NodePrograms PROGRAMS = new NodePrograms(Path.of("drivers", "js"));

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    PROGRAMS.install();
  }

  /** {@code faunadb} speaks FQL v4, {@code fauna} speaks FQL v10. */
  @ParameterizedTest
  @ValueSource(strings = {"story.js", "examples.js", "story10.js", "details10.js", "moving.js"})
  void tellsItsStory(String story) throws IOException, InterruptedException {
    PROGRAMS.tell(story);
  }

  /** Both drivers, one after the other, at the same documents. */
  @Test
  void agreeWhoMayDoWhat() throws IOException, InterruptedException {
    PROGRAMS.tellAsIdentityProvider("rights.js");
  }
}
