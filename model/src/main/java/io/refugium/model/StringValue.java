package io.refugium.model;

/** A Unicode string. */
public record StringValue(String value) implements Value {}
