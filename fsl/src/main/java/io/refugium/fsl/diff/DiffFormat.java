package io.refugium.fsl.diff;

import java.util.Optional;

/** How differences are told (schema specification, section 9.2). */
public enum DiffFormat {
  SEMANTIC,
  SUMMARY,
  TEXTUAL;

  /** The format of this name; empty if there is none. */
  public static Optional<DiffFormat> named(String name) {
    return switch (name) {
      case "semantic" -> Optional.of(SEMANTIC);
      case "summary" -> Optional.of(SUMMARY);
      case "textual" -> Optional.of(TEXTUAL);
      default -> Optional.empty();
    };
  }
}
