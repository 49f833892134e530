/** Runs queries: from a request to a session, through parser and compiler, to an answer. */
package io.refugium.fql10.engine;
