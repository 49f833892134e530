/** Events of sets: what streams and feeds send (http specification, sections 12 and 13). */
package io.refugium.fql10.events;
