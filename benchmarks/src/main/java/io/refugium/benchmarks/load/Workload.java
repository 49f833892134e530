package io.refugium.benchmarks.load;

import java.util.SplittableRandom;

/** What the clients of a run ask for. Each request picks documents at random. */
interface Workload {
  /** The name of the constant, as arguments have it. */
  String name();

  /**
   * What does not depend on the language.
   *
   * @param title what tables call it
   * @param asMember whether user 1 asks, with a token, and not a server key
   * @param peer the same in SQL; null when it has no counterpart
   */
  record Description(String title, boolean asMember, PeerQuery peer) {}

  Description description();

  default String title() {
    return description().title();
  }

  default boolean asMember() {
    return description().asMember();
  }

  default PeerQuery peer() {
    return description().peer();
  }

  /** The path of its language. */
  String path();

  /** One query in the wire form of its language. */
  String query(Dataset data, SplittableRandom random);

  /** One request. */
  default Call call(Dataset data, SplittableRandom random) {
    return new Call(path(), asMember() ? data.member() : data.server(), query(data, random));
  }
}
