/**
 * Forms, values, compiler and evaluation of FQL v4.
 *
 * <p>A request goes through {@link io.refugium.fql4.language.JsonReader} (JSON to plain values),
 * {@link io.refugium.fql4.language.Parser} (forms to executable {@link
 * io.refugium.fql4.language.Expr}essions with variables in slots) and evaluation in an {@link
 * io.refugium.fql4.language.Evaluation}. Errors are built in {@link
 * io.refugium.fql4.language.Errors} and nowhere else. The functions are given to {@link
 * io.refugium.fql4.language.Language} as a {@link io.refugium.fql4.language.Library}.
 */
package io.refugium.fql4.language;
