/**
 * Runs recorded scenarios and unmodified drivers against a real server process. {@code
 * scenarios/README.md} gives the format of the scenarios.
 */
package io.refugium.conformance;
