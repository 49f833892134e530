/** Streams of a real server: what they tell, how long they live, and that they lose nothing. */
package io.refugium.conformance.streams;
