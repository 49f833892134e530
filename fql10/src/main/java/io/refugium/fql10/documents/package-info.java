/** Documents, collections and sets of them, as FQL v10 sees them through a session. */
package io.refugium.fql10.documents;
