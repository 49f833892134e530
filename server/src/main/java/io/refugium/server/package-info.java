/**
 * HTTP: sockets, limits, routing, and the headers every answer carries (spec: HTTP surface 1-5, 9,
 * 14-16).
 *
 * <p>A protocol plugs in as an {@link io.refugium.server.Endpoint}: it gets a whole {@link
 * io.refugium.server.Request} and returns a whole {@link io.refugium.server.Response}, on a thread
 * that may block. It is put under its path in {@link io.refugium.server.Routes}. No Jetty type is
 * visible to it: Jetty stays in {@link io.refugium.server.HttpServer} and the classes named {@code
 * Jetty...}.
 *
 * <p>What the server does for every endpoint: reads the body up to the limit (413 otherwise, in the
 * endpoint's {@link io.refugium.server.Dialect}), adds {@code traceparent}, {@code x-faunadb-build}
 * and the CORS headers, turns an unexpected exception into the dialect's 500 without showing it to
 * the client, and drains on stop.
 *
 * <p>What an endpoint does itself: its own headers in and out (for v4 with {@link
 * io.refugium.server.V4Headers}), authentication, methods, and its body.
 */
package io.refugium.server;
