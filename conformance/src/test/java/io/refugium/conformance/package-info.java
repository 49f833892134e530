/** Runs recorded scenarios and unmodified drivers against a real server process. */
package io.refugium.conformance;
