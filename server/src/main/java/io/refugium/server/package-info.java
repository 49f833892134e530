/** HTTP endpoints, headers, encodings, limits and metrics. */
package io.refugium.server;
