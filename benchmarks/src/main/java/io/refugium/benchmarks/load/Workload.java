package io.refugium.benchmarks.load;

import java.util.SplittableRandom;

/** What the clients of a run ask for. Each request picks documents at random. */
interface Workload {
  /** The name of the constant, as arguments have it. */
  String name();

  /** What tables call it. */
  String title();

  /** Whether user 1 asks, with a token, and not a server key. */
  boolean asMember();

  /** The same in SQL; null when it has no counterpart. */
  PeerQuery peer();

  /** The path of its language. */
  String path();

  /** One query in the wire form of its language. */
  String query(Dataset data, SplittableRandom random);

  /** One request. */
  default Call call(Dataset data, SplittableRandom random) {
    return new Call(path(), asMember() ? data.member() : data.server(), query(data, random));
  }
}
