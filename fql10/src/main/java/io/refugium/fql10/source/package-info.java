/** Texts and places in them. */
package io.refugium.fql10.source;
