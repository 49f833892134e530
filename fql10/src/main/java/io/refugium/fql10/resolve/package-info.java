/** From names to places: which slot of which frame an identifier means. */
package io.refugium.fql10.resolve;
