package io.refugium.conformance.drivers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command line tool {@code fauna-shell} as published, run from {@code drivers/shell}. */
class FaunaShellTest {
  private static final NodePrograms PROGRAMS = new NodePrograms(Path.of("drivers", "shell"));

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    PROGRAMS.install();
  }

  @Test
  void managesDatabasesAndSchema() throws IOException, InterruptedException {
    PROGRAMS.tell("shell.js");
  }
}
