/**
 * Secrets: their formats, the scopes that may follow them, the header that carries them, and how
 * they are hashed and checked.
 *
 * <p>Nothing here knows a database. No secret or password ever appears in a log, an exception or a
 * {@code toString}.
 */
package io.refugium.access.secret;
