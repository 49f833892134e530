/**
 * Values, references, document bodies, time, ids, collation and binary codecs. Depends on no other
 * module.
 */
package io.refugium.model;
