package io.refugium.fql4.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The declaration of a library function in one sentence, ended by its body: {@code
 * library.define("substring", STRING).optional("start", INTEGER).as(call -> ...)}. What is not said
 * is: required, pure, in every API version.
 */
public final class Definition {
  private final Library library;
  private final List<String> names = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private Set<String> exclusive = Set.of();
  private Effect effect = Effect.PURE;
  private Effect ownEffect;
  private ApiVersion since = ApiVersion.V2_0;
  private ApiVersion until = ApiVersion.UNSTABLE;
  private boolean free;
  private ApiVersion freeSince;

  Definition(Library library, String name, Kind kind) {
    this.library = library;
    names.add(name);
    parameters.add(new Parameter(name, kind, false, false));
  }

  /** Another name of the same function. */
  public Definition alias(String name) {
    names.add(name);
    return this;
  }

  /** One more required argument. */
  public Definition with(String key, Kind kind) {
    parameters.add(new Parameter(key, kind, false, false));
    return this;
  }

  /** One more required argument, evaluated only when the body asks for it. */
  public Definition withLazy(String key, Kind kind) {
    parameters.add(new Parameter(key, kind, false, true));
    return this;
  }

  /** One more argument that may be absent. */
  public Definition optional(String key, Kind kind) {
    parameters.add(new Parameter(key, kind, true, false));
    return this;
  }

  /** One more argument that may be absent and is evaluated only when the body asks for it. */
  public Definition optionalLazy(String key, Kind kind) {
    parameters.add(new Parameter(key, kind, true, true));
    return this;
  }

  /** At most one of these optional arguments may be given. */
  public Definition atMostOneOf(String... keys) {
    exclusive = Set.of(keys);
    return this;
  }

  public Definition reads() {
    effect = Effect.READ;
    return this;
  }

  public Definition writes() {
    effect = Effect.WRITE;
    return this;
  }

  /** The function itself does less than its worst case: what it runs is checked on its own. */
  public Definition checkedInside() {
    ownEffect = Effect.PURE;
    return this;
  }

  public Definition since(ApiVersion version) {
    since = version;
    return this;
  }

  public Definition until(ApiVersion version) {
    until = version;
    return this;
  }

  /** The function costs no compute unit from this version on. */
  Definition freeSince(ApiVersion version) {
    freeSince = version;
    return this;
  }

  public Definition free() {
    free = true;
    return this;
  }

  /** Ends the declaration: enters the function under every name and every allowed set of keys. */
  public void as(Function.Body body) {
    for (String name : names) {
      List<Parameter> own = new ArrayList<>(parameters);
      Parameter first = own.getFirst();
      own.set(0, new Parameter(name, first.kind(), first.optional(), first.lazy()));
      for (ApiVersion version : ApiVersion.values()) {
        if (version.isAtLeast(since) && until.isAtLeast(version)) {
          boolean costless = free || (freeSince != null && version.isAtLeast(freeSince));
          library.enter(
              version,
              new Function(
                  List.copyOf(own), effect, ownEffect == null ? effect : ownEffect, costless, body),
              exclusive);
        }
      }
    }
  }
}
