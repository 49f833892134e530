/** The canonical text of expressions, types and items (schema specification, section 8.7). */
package io.refugium.fsl.print;
