package io.refugium.fql4.language;

/**
 * One argument of a library function.
 *
 * @param key its wire key
 * @param kind what values it takes
 * @param optional whether it may be absent
 * @param lazy whether the body of the function evaluates it, when it needs it
 */
record Parameter(String key, Kind kind, boolean optional, boolean lazy) {}
