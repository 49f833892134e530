/** Entries of indexes: what of a document goes into them, their keys, and positions among them. */
package io.refugium.database.index;
