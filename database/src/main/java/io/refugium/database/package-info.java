/** Databases, catalog, documents, indexes, sets, history, transactions and events. */
package io.refugium.database;
