package io.refugium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A collection that has many documents gets an index, a unique constraint and a migration while it
 * is read and written. Nobody is kept waiting or refused, progress can be seen, and in the end
 * everything is as if it had been there from the beginning.
 */
class SchemaChangeTest {
  private static final int DOCUMENTS = 20_000;
  private static final int BATCH = 2_000;
  private static final long POLL_MILLIS = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String BEFORE =
      """
      collection Item {
        n: Int
        code: String
        %s
      }
      """;
  private static final String INDEXED =
      BEFORE.formatted("index byGroup { terms [.n] }\n  unique [.code]\n  %s");
  private static final String MIGRATED =
      INDEXED.formatted(
          "kind: String\n  migrations {\n    add .kind\n    backfill .kind = \"old\"\n  }");

  @TempDir private Path data;

  @Test
  void isNotInTheWayOfReadsAndWrites() throws Exception {
    try (ServerProcess server = ServerProcess.start();
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Database database = new Database(http, server.url(), ServerProcess.SECRET);
      database.push(BEFORE.formatted(""));
      fill(database);

      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger written = new AtomicInteger();
      List<Future<Integer>> users = new ArrayList<>();
      users.add(threads.submit(() -> read(database, done)));
      users.add(threads.submit(() -> write(database, done, written)));

      List<String> states = new ArrayList<>();
      try {
        database.push(INDEXED.formatted(""));
        String state;
        do {
          state = database.query("Item.definition.indexes.byGroup!.status").asString();
          states.add(state);
          Thread.sleep(POLL_MILLIS);
        } while (!state.equals("complete"));
        while (!database
            .query("Item.definition.constraints[0].status")
            .asString()
            .equals("active")) {
          Thread.sleep(POLL_MILLIS);
        }
        database.push(MIGRATED);
      } finally {
        done.set(true); // or the users would go on for ever
      }

      assertThat(states.getFirst()).isEqualTo("building");
      for (Future<Integer> user : users) {
        assertThat(user.get()).isPositive();
      }
      assertThat(database.query("Item.byGroup(7).count()").asInt()).isEqualTo(DOCUMENTS / 100);
      assertThat(database.query("Item.byGroup(-1).count()").asInt()).isEqualTo(written.get());
      assertThat(database.query("Item.byId(4711)! { n, kind }").toString())
          .isEqualTo("{\"n\":11,\"kind\":\"old\"}");
      assertThat(database.refused("Item.create({ n: 1, code: \"c5\", kind: \"new\" })"))
          .isEqualTo("Failed unique constraint.");
      assertThat(database.refused("Item.create({ n: -1, code: \"w0\", kind: \"new\" })"))
          .isEqualTo("Failed unique constraint.");
    }
  }

  @Test
  void goesOnAfterAKillInTheMiddleOfAStagedBuild() throws Exception {
    String secret = ServerProcess.SECRET + ":shop:admin";
    try (HttpClient http = HttpClient.newHttpClient()) {
      try (ServerProcess server = ServerProcess.startDurable(data)) {
        new Database(http, server.url(), ServerProcess.SECRET)
            .query("Database.create({ name: \"shop\" }).name");
        Database shop = new Database(http, server.url(), secret);
        shop.push(BEFORE.formatted(""));
        fill(shop);
        assertThat(shop.stage(MIGRATED)).isEqualTo("pending");
        shop.query("Item.create({ n: -1, code: \"late\" }).n");
        server.kill();
      }
      try (ServerProcess server = ServerProcess.startDurable(data)) {
        Database shop = new Database(http, server.url(), secret);
        shop.query("Item.create({ n: -1, code: \"later\" }).n");
        while (!shop.staged().equals("ready")) {
          Thread.sleep(POLL_MILLIS);
        }
        assertThat(shop.schema("staged/commit", "").has("version")).isTrue();
        assertThat(shop.query("Item.byGroup(7).count()").asInt()).isEqualTo(DOCUMENTS / 100);
        assertThat(shop.query("Item.byGroup(-1).map(.kind).toArray()").toString())
            .isEqualTo("[\"old\",\"old\"]");
        assertThat(shop.refused("Item.create({ n: 1, code: \"c5\", kind: \"new\" })"))
            .isEqualTo("Failed unique constraint.");
      }
    }
  }

  private static void fill(Database database) throws Exception {
    for (int from = 0; from < DOCUMENTS; from += BATCH) {
      database.query(
          "Array.sequence(%d, %d).forEach(i => Item.create({ id: ID(i.toString()), n: i %% 100, code: \"c\" + i.toString() }))"
              .formatted(from, from + BATCH));
    }
  }

  /** How many reads went well; one that does not fails the test. */
  private static int read(Database database, AtomicBoolean done) throws Exception {
    int reads = 0;
    while (!done.get()) {
      int id = reads * 7_919 % DOCUMENTS;
      assertThat(database.query("Item.byId(" + id + ")!.n").asInt()).isEqualTo(id % 100);
      reads++;
    }
    return reads;
  }

  /**
   * How many writes went well until the schema asked for more than they give; counts those that
   * were stored.
   */
  private static int write(Database database, AtomicBoolean done, AtomicInteger written)
      throws Exception {
    while (!done.get()) {
      JsonNode answer =
          database.answer("Item.create({ n: -1, code: \"w%d\" }).n".formatted(written.get()));
      if (answer.has("error")) {
        assertThat(answer.get("summary").asString()).contains("does not have field `kind`");
        return written.get();
      }
      written.incrementAndGet();
    }
    return written.get();
  }

  /** A database, over HTTP. */
  private record Database(HttpClient http, URI url, String secret) {
    JsonNode answer(String query) throws IOException, InterruptedException {
      String body = JSON.writeValueAsString(JSON.createObjectNode().put("query", query));
      return send("/query/1", "application/json", body);
    }

    JsonNode query(String query) throws IOException, InterruptedException {
      JsonNode answer = answer(query);
      assertThat(answer.has("error")).as(answer.toString()).isFalse();
      return answer.get("data");
    }

    String refused(String query) throws IOException, InterruptedException {
      return answer(query).at("/error/message").asString();
    }

    void push(String schema) throws IOException, InterruptedException {
      JsonNode answer = schema("update", schema);
      assertThat(answer.has("version")).as(answer.toString()).isTrue();
    }

    /** The state of the schema when it is staged. */
    String stage(String schema) throws IOException, InterruptedException {
      JsonNode answer = schema("update?staged=true", schema);
      assertThat(answer.has("version")).as(answer.toString()).isTrue();
      return staged();
    }

    String staged() throws IOException, InterruptedException {
      return send(request("/schema/1/staged/status").build()).get("status").asString();
    }

    JsonNode schema(String path, String schema) throws IOException, InterruptedException {
      String part = "--x\r\nContent-Disposition: form-data; name=\"main.fsl\"\r\n\r\n";
      return send(
          "/schema/1/" + path, "multipart/form-data; boundary=x", part + schema + "\r\n--x--\r\n");
    }

    private JsonNode send(String path, String type, String body)
        throws IOException, InterruptedException {
      return send(
          request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(url.resolve(path))
          .header("Authorization", "Bearer " + secret)
          .header("X-Format", "simple");
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
  }
}
