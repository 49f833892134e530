package io.refugium.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scenarios that are known not to pass yet: an ID and a reason a line, {@code #} starts a
 * comment line.
 */
final class ExpectedFailures {

  private static final int LONGEST_REASON = 140;

  private ExpectedFailures() {}

  /** Reasons by scenario ID. */
  static Map<String, String> read(Path file) {
    var reasons = new LinkedHashMap<String, String>();
    for (String line : lines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s+", 2);
        if (parts.length < 2) {
          throw new IllegalStateException("No reason is given for " + parts[0]);
        }
        reasons.put(parts[0], parts[1]);
      }
    }
    return reasons;
  }

  /**
   * Rewrites the file after a run of all scenarios: what passes goes, what fails and was not listed
   * is added with its first difference as the reason, to be replaced by a better one.
   */
  static void update(Path file, Map<String, List<String>> problems) {
    Map<String, String> known = read(file);
    var updated = new ArrayList<String>();
    lines(file).stream().filter(line -> line.startsWith("#")).forEach(updated::add);
    problems.forEach(
        (id, differences) -> {
          if (!differences.isEmpty()) {
            updated.add(id + " " + known.getOrDefault(id, reason(differences.getFirst())));
          }
        });
    try {
      Files.write(file, updated);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(String difference) {
    String line = difference.replaceAll("\\s+", " ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
