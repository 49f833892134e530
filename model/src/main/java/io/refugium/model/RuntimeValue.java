package io.refugium.model;

/**
 * A value that exists only while a query runs: sets, pages, document versions, functions, modules.
 * Each language has its own. The codec refuses them: a language converts or rejects them before it
 * writes.
 */
public non-sealed interface RuntimeValue extends Value {}
