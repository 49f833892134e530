/**
 * The function library of FQL v4.
 *
 * <p>Functions are declared in families, one file each, listed in {@link
 * io.refugium.fql4.functions.StandardLibrary}. A declaration is one sentence: name and kind of the
 * first key, the other keys in signature order, what is special, and the body, which gets arguments
 * that are already of the declared kinds:
 *
 * <pre>{@code
 * library.define("repeat", STRING).optional("number", INTEGER).as(call -> Call.of(call.string(0).repeat((int) call.integer(1, 2))));
 * library.define("get", IDENTIFIER).optional("ts", TRANSACTION_TIME).reads().as(ReadFunctions::get);
 * library.define("first", SET_OR_ARRAY).reads().since(ApiVersion.V4).as(CollectionFunctions::first);
 * }</pre>
 *
 * <p>Errors of argument kinds come from {@link io.refugium.fql4.language.Kind}; errors of the
 * function itself are thrown by the body, at {@code call.position()} (the call) or {@code
 * call.position(i)} (an argument), with an exception from {@code Errors}. A lambda argument has the
 * kind {@code LAMBDA} and is run with {@code call.lambda(i).apply(argument, call.position())}.
 * Cases go into the files under {@code src/test/resources}: a request and its answer each.
 */
package io.refugium.fql4.functions;
