package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data set of the workloads: a database with users, to-dos that belong to users, an index of
 * to-dos by owner, a role that lets members read and write their own to-dos, and a member's token.
 * The PostgreSQL peer holds the same rows.
 *
 * @param server secret of a server key of the database
 * @param member secret of a token of user 1
 * @param documents how many to-dos there are; to-do {@code i} belongs to user {@code i % users}
 */
record Fixture(String server, String member, int documents) {
  /** Every user owns so many to-dos. */
  static final int TODOS_PER_USER = 64;

  private static final int BATCH = 500;
  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");

  /** Fills a fresh server. */
  static Fixture load(int port, int documents) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      ask(
          connection,
          ServerProcess.SECRET,
          "{\"create_database\":{\"object\":{\"name\":\"bench\"}}}");
      String admin =
          secret(
              ask(
                  connection,
                  ServerProcess.SECRET,
                  "{\"create_key\":{\"object\":{\"role\":\"admin\",\"database\":{\"database\":\"bench\"}}}}"));
      ask(connection, admin, "{\"create_collection\":{\"object\":{\"name\":\"users\"}}}");
      ask(connection, admin, "{\"create_collection\":{\"object\":{\"name\":\"todos\"}}}");
      ask(
          connection,
          admin,
          "{\"create_index\":{\"object\":{\"name\":\"todos_by_owner\",\"source\":{\"collection\":\"todos\"},"
              + "\"terms\":[{\"object\":{\"field\":[\"data\",\"owner\"]}}]}}}");
      ask(connection, admin, memberRole());
      for (int from = 0; from < documents; from += BATCH) {
        ask(connection, admin, todos(from, Math.min(documents, from + BATCH), users(documents)));
      }
      ask(
          connection,
          admin,
          "{\"create\":"
              + document("users", 1)
              + ",\"params\":{\"object\":{\"data\":{\"object\":{\"name\":\"Alice\"}}}}}");
      String member =
          secret(
              ask(
                  connection,
                  admin,
                  "{\"create\":{\"tokens\":null},\"params\":{\"object\":{\"instance\":"
                      + document("users", 1)
                      + "}}}"));
      String server =
          secret(ask(connection, admin, "{\"create_key\":{\"object\":{\"role\":\"server\"}}}"));
      return new Fixture(server, member, documents);
    }
  }

  int users() {
    return users(documents);
  }

  /** The reference expression of a document. */
  static String document(String collection, int id) {
    return "{\"ref\":{\"collection\":\"" + collection + "\"},\"id\":\"" + id + "\"}";
  }

  private static int users(int documents) {
    return Math.max(2, documents / TODOS_PER_USER);
  }

  private static String memberRole() {
    String own =
        "{\"query\":{\"lambda\":\"ref\",\"expr\":{\"equals\":[{\"select\":[\"data\",\"owner\"],\"from\":{\"get\":{\"var\":\"ref\"}}},"
            + "{\"current_identity\":null}]}}}";
    return "{\"create_role\":{\"object\":{\"name\":\"member\",\"membership\":{\"object\":{\"resource\":{\"collection\":\"users\"}}},"
        + "\"privileges\":[{\"object\":{\"resource\":{\"collection\":\"todos\"},\"actions\":{\"object\":{\"read\":"
        + own
        + "}}}},"
        + "{\"object\":{\"resource\":{\"index\":\"todos_by_owner\"},\"actions\":{\"object\":{\"read\":true}}}}]}}}";
  }

  private static String todos(int from, int to, int users) {
    StringBuilder text = new StringBuilder("{\"do\":[");
    for (int id = from; id < to; id++) {
      text.append(id > from ? "," : "")
          .append("{\"create\":")
          .append(document("todos", id))
          .append(",\"params\":")
          .append(todo(id, id % users))
          .append('}');
    }
    return text.append(",null]}").toString();
  }

  /** The contents of a to-do, about 150 bytes. */
  static String todo(int id, int owner) {
    return "{\"object\":{\"data\":{\"object\":{\"owner\":"
        + document("users", owner)
        + ",\"title\":\"Water the plants of neighbour "
        + id
        + "\",\"done\":false,\"priority\":"
        + id % 10
        + ",\"tags\":[\"home\",\"weekly\"]}}}}";
  }

  private static String ask(HttpConnection connection, String secret, String query)
      throws IOException {
    HttpConnection.Answer answer = connection.call(connection.request("/", secret, query));
    if (answer.status() >= 300) {
      throw new IOException("set-up failed with " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }

  private static String secret(String answer) throws IOException {
    Matcher matcher = SECRET.matcher(answer);
    if (!matcher.find()) {
      throw new IOException("no secret in " + answer);
    }
    return matcher.group(1);
  }
}
