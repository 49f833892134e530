package io.refugium.fql10.engine;

/**
 * The answer to a query.
 *
 * @param status of HTTP
 * @param body JSON
 */
public record QueryAnswer(int status, byte[] body) {}
