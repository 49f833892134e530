/** What a server refuses because it is too much, and what it stops because it takes too long. */
package io.refugium.conformance.limits;
