/** What no client sends, sent to a real server. */
package io.refugium.conformance.fuzz;
