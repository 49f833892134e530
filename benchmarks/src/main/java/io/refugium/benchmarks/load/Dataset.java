package io.refugium.benchmarks.load;

import java.util.SplittableRandom;

/**
 * What a filled server holds, the same rows as the PostgreSQL peer: to-dos that belong to users,
 * users that belong to teams, a counter, and a role that lets members read their own to-dos.
 *
 * @param server secret of a server key of the database
 * @param member secret of a token of user 1
 * @param documents how many to-dos there are; to-do {@code i} belongs to user {@code i % users} and
 *     has priority {@code i / 7 % 10}
 */
record Dataset(String server, String member, int documents) {
  /** Every user owns so many to-dos. */
  static final int TODOS_PER_USER = 64;

  /** A team has so many users. */
  static final int USERS_PER_TEAM = 8;

  static final int PRIORITIES = 10;
  static final String EMAIL = "user1@example.com";
  static final String PASSWORD = "open sesame";

  static int users(int documents) {
    return Math.max(2 * USERS_PER_TEAM, documents / TODOS_PER_USER);
  }

  int users() {
    return users(documents);
  }

  static String title(int id) {
    return "Water the plants of neighbour " + id;
  }

  static int priority(int id) {
    return id / 7 % PRIORITIES;
  }

  int anyTodo(SplittableRandom random) {
    return random.nextInt(documents);
  }

  /** A to-do of user 1. */
  int ownTodo(SplittableRandom random) {
    return 1 + users() * random.nextInt(Math.max(1, documents / users()));
  }

  int anyUser(SplittableRandom random) {
    return random.nextInt(users());
  }

  int anyTeam(SplittableRandom random) {
    return random.nextInt(users() / USERS_PER_TEAM);
  }
}
