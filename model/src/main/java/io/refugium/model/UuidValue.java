package io.refugium.model;

import java.util.UUID;

/** A UUID. */
public record UuidValue(UUID value) implements Value {}
