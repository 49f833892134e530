package io.refugium.conformance.scenario;

import java.util.Map;

/**
 * A request of a scenario.
 *
 * @param body null if there is none
 */
record HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {}
