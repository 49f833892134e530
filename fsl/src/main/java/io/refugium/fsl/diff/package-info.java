/** How two schemas differ, and how that is told (schema specification, section 9). */
package io.refugium.fsl.diff;
