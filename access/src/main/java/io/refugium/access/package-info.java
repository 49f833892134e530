/** Secrets, principals, authentication, roles, decisions and the guard. */
package io.refugium.access;
