package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A named group of functions that may itself be callable and stands for a type on the right of
 * {@code isa}: a library module, a native collection or a collection of the user. Equal if the
 * names are.
 */
public final class Module implements QueryValue {
  private final String name;
  private final Members members;
  private final Optional<Method> constructor;
  private final BiPredicate<QueryContext, Value> instances;
  private final int collection;

  private Module(
      String name,
      Members members,
      Optional<Method> constructor,
      BiPredicate<QueryContext, Value> instances,
      int collection) {
    this.name = name;
    this.members = members;
    this.constructor = constructor;
    this.instances = instances;
    this.collection = collection;
  }

  /** A module that is no collection. */
  public static Module library(
      String name, Members members, BiPredicate<QueryContext, Value> instances) {
    return new Module(name, members, Optional.empty(), instances, -1);
  }

  /** A module whose documents live in a collection. */
  public static Module collection(
      String name,
      int collection,
      Members members,
      Optional<Method> constructor,
      BiPredicate<QueryContext, Value> instances) {
    return new Module(name, members, constructor, instances, collection);
  }

  /** This module, made callable. */
  public Module callable(Method method) {
    return new Module(name, members, Optional.of(method), instances, collection);
  }

  /** The name under which it was reached. */
  public String name() {
    return name;
  }

  /** The last part of the name, which is what the wire shows. */
  public String lastName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  public Members members() {
    return members;
  }

  /** What calling the module does, if it can be called. */
  public Optional<Method> constructor() {
    return constructor;
  }

  /** Whether {@code value isa} this module. */
  public boolean contains(QueryContext context, Value value) {
    return instances.test(context, value);
  }

  /** The internal id of the collection, or -1 if the module is none. */
  public int collection() {
    return collection;
  }

  @Override
  public Kind kind() {
    return Kind.MODULE;
  }

  @Override
  public String typeName() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Module that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
