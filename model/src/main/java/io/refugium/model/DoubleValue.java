package io.refugium.model;

/**
 * An IEEE 754 double. Equality is that of {@link Double#compare}: NaN equals NaN, 0.0 and -0.0
 * differ.
 */
public record DoubleValue(double value) implements Value {}
