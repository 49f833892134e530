package io.refugium.fql10.runtime;

/**
 * A parameter of a library function.
 *
 * @param name what messages call it
 * @param callbackName what the message about a callback of the wrong arity calls it
 * @param type what is accepted
 * @param callbackArguments how many arguments the function passed here will get; -1 if it is not a
 *     function
 */
public record Parameter(
    String name, String callbackName, ParameterType type, int callbackArguments) {

  /** This parameter as number {@code index} of the variadic part of a signature. */
  Parameter numbered(int index) {
    return new Parameter(name + index, callbackName + index, type, callbackArguments);
  }
}
