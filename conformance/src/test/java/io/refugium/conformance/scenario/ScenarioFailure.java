package io.refugium.conformance.scenario;

/** A scenario cannot go on. */
final class ScenarioFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScenarioFailure(String message) {
    super(message);
  }
}
