/** JMH micro benchmarks and the load harness. */
package io.refugium.benchmarks;
