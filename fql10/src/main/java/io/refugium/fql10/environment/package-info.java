/**
 * The types that queries of a database see: of the library, the native collections, and the
 * collections and functions that its schema defines.
 */
package io.refugium.fql10.environment;
