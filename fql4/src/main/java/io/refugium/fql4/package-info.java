/**
 * FQL v4, as the server and the access system see it: queries, streams, resources, and what stored
 * lambdas are run for.
 *
 * <ul>
 *   <li>{@link io.refugium.fql4.language}: forms, values, compiler and evaluation
 *   <li>{@link io.refugium.fql4.functions}: the function library, a family a file
 *   <li>{@link io.refugium.fql4.documents}: what may be written into documents of each kind
 *   <li>{@link io.refugium.fql4.wire}: values and errors to JSON
 * </ul>
 */
package io.refugium.fql4;
