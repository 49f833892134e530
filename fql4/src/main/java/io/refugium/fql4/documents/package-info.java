/**
 * What FQL v4 may write: for each kind of document the fields it has, what they accept, and the
 * errors of those that do not fit, collected in a {@link io.refugium.fql4.documents.Draft}.
 */
package io.refugium.fql4.documents;
