/** From the text of schema files to items (schema specification, sections 8.1 to 8.5). */
package io.refugium.fsl.parse;
