/** From syntax trees to executable nodes. */
package io.refugium.fql10.compile;
