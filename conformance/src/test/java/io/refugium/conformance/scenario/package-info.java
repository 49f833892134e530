/** Reads scenarios, runs them, and compares answers with what was recorded. */
package io.refugium.conformance.scenario;
