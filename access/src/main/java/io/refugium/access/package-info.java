/**
 * The access system: secrets, principals, authentication, roles, decisions and the guard. The only
 * door to the database.
 *
 * <p>A request enters through the {@link io.refugium.access.Gate}, which authenticates it inside
 * its transaction and hands the language a {@link io.refugium.access.Session}. A session asks its
 * {@link io.refugium.access.Guard} before everything it does; the guard answers an {@link
 * io.refugium.access.Operation} with a {@link io.refugium.access.Decision}, by the built-in rights,
 * the {@link io.refugium.access.Policy} compiled from the roles, or legacy permissions. What
 * differs between the languages is in {@link io.refugium.access.V4Access} and {@link
 * io.refugium.access.V10Access}.
 *
 * <p>What this package needs of the languages (running predicates and functions) comes in through
 * {@link io.refugium.access.Languages}.
 */
package io.refugium.access;
