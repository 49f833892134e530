/**
 * Documents as they are stored, and the versions that make up their history. Knows of no schema and
 * of no store.
 */
package io.refugium.database.document;
