/** Sets that need no database: sources, operators on sets, pages and their cursors. */
package io.refugium.fql10.sets;
