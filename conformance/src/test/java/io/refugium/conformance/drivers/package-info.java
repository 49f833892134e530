/** Unmodified drivers, as applications have them, against a real server process. */
package io.refugium.conformance.drivers;
