/** What is said about a text, and how it is laid out in the summary of a response. */
package io.refugium.fql10.diagnostics;
