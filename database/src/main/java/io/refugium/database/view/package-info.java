/**
 * What one attempt of a transaction sees: its snapshot, its own writes in front of it, and the
 * record of what was read, which the commit validates. Of no use above the database layer.
 */
package io.refugium.database.view;
