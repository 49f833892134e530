/**
 * Where everything lies in the store: the areas of keys, and the small values of the database
 * itself. Of no use above the database layer.
 */
package io.refugium.database.keys;
