/**
 * JSON Web Tokens of outside identity providers: their form, their times, the keys they are signed
 * with (spec access 9.2).
 *
 * <p>Nothing here knows a database; which provider may vouch for what is decided by the caller.
 */
package io.refugium.access.jwt;
