/**
 * The schema: definitions, compiled from schema documents and the state of collections into one
 * immutable {@link io.refugium.database.catalog.Catalog} a database and version, whatever they are
 * read from.
 */
package io.refugium.database.catalog;
