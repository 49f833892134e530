package io.refugium.fql4.language;

import java.util.Optional;

/**
 * The version of FQL v4 that a request speaks or that a stored lambda was written in: it decides
 * which forms exist and a few words in messages and renderings (spec: FQL v4, section 14). Ordered
 * from old to new.
 */
public enum ApiVersion {
  V2_0("2.0"),
  V2_1("2.1"),
  V2_7("2.7"),
  V2_12("2.12"),
  V3("3"),
  V4("4"),
  V5("5"),
  UNSTABLE("UNSTABLE");

  /** The version in whose words stored schema is told. */
  public static final ApiVersion DEFAULT = V4;

  private final String text;

  ApiVersion(String text) {
    this.text = text;
  }

  /** The version as the header and stored lambdas write it. */
  public String text() {
    return text;
  }

  /** The version with exactly this text, if there is one. */
  public static Optional<ApiVersion> of(String text) {
    for (ApiVersion version : values()) {
      if (version.text.equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  public boolean isAtLeast(ApiVersion other) {
    return compareTo(other) >= 0;
  }

  /** Whether this version says class and instance for collection and document. */
  public boolean saysClass() {
    return compareTo(V2_7) < 0;
  }

  /** The version that a lambda written under this one remembers: at least 2.12. */
  ApiVersion forLambda() {
    return isAtLeast(V2_12) ? this : V2_12;
  }
}
