package io.refugium.model;

import java.time.LocalDate;

/** A calendar date. */
public record DateValue(LocalDate value) implements Value {}
