/**
 * What a schema means as a whole: its items, whether they fit each other, how documents written
 * under an older schema are read, and what every write of a document is checked against.
 */
package io.refugium.fql10.schema;
