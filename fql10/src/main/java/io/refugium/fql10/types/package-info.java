/**
 * Static types: what they are, how they print, which fits where, and what an expression has. Knows
 * no library: the names that exist come from a {@link io.refugium.fql10.types.TypeEnvironment}.
 */
package io.refugium.fql10.types;
