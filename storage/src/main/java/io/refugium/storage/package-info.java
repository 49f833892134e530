/**
 * Versioned ordered stores: the interface and the embedded engine. Deals in bytes and timestamps
 * only; depends on no other module.
 */
package io.refugium.storage;
