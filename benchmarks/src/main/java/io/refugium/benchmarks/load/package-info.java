/**
 * The load harness: drives a real server process over HTTP and tells throughput, latency and the
 * CPU time that the server spent on one request, beside PostgreSQL with row-level security on the
 * same machine in the same run. {@code benchmarks/run} starts it.
 */
package io.refugium.benchmarks.load;
