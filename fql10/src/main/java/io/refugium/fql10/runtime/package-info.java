/**
 * Evaluates FQL v10: values that exist only while a query runs, executable nodes, operators,
 * effects and errors.
 */
package io.refugium.fql10.runtime;
