package io.refugium.model;

/** A 64-bit signed integer. */
public record LongValue(long value) implements Value {}
