/**
 * The standard library of FQL v10. Each function is declared once: signature, effect, one line of
 * documentation and body together. To add one, copy its neighbour.
 */
package io.refugium.fql10.stdlib;
