package io.refugium.benchmarks.load;

import java.util.SplittableRandom;

/** What the clients of a run ask for. Each request picks documents at random. */
enum Workload {
  TRIVIAL("v4 literal", false) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      return "{\"add\":[1,1]}";
    }
  },
  READ("read by id", false) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      return "{\"get\":" + Fixture.document("todos", random.nextInt(fixture.documents())) + "}";
    }
  },
  READ_UNDER_ROLE("read by id under a role with a predicate", true) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      // To-dos of user 1: 1, 1 + users, 1 + 2 users, ...
      int own =
          1 + fixture.users() * random.nextInt(Math.max(1, fixture.documents() / fixture.users()));
      return "{\"get\":" + Fixture.document("todos", own) + "}";
    }
  },
  PAGE("page of 64 by index", false) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      return "{\"paginate\":{\"match\":{\"index\":\"todos_by_owner\"},\"terms\":"
          + Fixture.document("users", random.nextInt(fixture.users()))
          + "}}";
    }
  },
  CREATE("create", false) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      int id = random.nextInt(1 << 30);
      return "{\"create\":{\"collection\":\"todos\"},\"params\":"
          + Fixture.todo(id, 1_000_000 + id % 100_000)
          + "}";
    }
  },
  UPDATE("update", false) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      return "{\"update\":"
          + Fixture.document("todos", random.nextInt(fixture.documents()))
          + ",\"params\":{\"object\":{\"data\":{\"object\":{\"done\":true,\"priority\":"
          + random.nextInt(10)
          + "}}}}}";
    }
  },
  MIXED("mixed, 80 reads to 20 updates", false) {
    @Override
    String query(Fixture fixture, SplittableRandom random) {
      return (random.nextInt(5) == 0 ? UPDATE : READ).query(fixture, random);
    }
  };

  private final String title;
  private final boolean asMember;

  Workload(String title, boolean asMember) {
    this.title = title;
    this.asMember = asMember;
  }

  String title() {
    return title;
  }

  /** Whether user 1 asks, and not a server key. */
  boolean asMember() {
    return asMember;
  }

  /** The secret that its requests carry. */
  String secret(Fixture fixture) {
    return asMember ? fixture.member() : fixture.server();
  }

  /** One query in the wire form of FQL v4. */
  abstract String query(Fixture fixture, SplittableRandom random);
}
