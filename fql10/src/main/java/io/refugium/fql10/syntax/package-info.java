/**
 * The syntax of FQL v10: parsers and immutable syntax trees. Knows nothing of names, types or
 * values.
 */
package io.refugium.fql10.syntax;
