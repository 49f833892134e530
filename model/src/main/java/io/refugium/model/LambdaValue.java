package io.refugium.model;

/**
 * A function written in FQL v4 as a value: parameters and body are the expression in wire form,
 * with its literals resolved (a {@link Ref} instead of an {@code @ref} object). No free variables:
 * captured ones became an enclosing {@code let}.
 *
 * @param apiVersion the version of FQL v4 in which the body is to be read, such as {@code "4"}
 */
public record LambdaValue(String apiVersion, Value parameters, Value body) implements Value {}
