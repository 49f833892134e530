package io.refugium.conformance.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.streams.Client.Events;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A stream ends when its rights end, without waiting for an event, and outlives a restart. */
@Timeout(120)
class StreamLifeTest {
  @RegisterExtension static final SharedServer server = new SharedServer();

  /** What ends the rights of a key; all is done in a database of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key deleted       | Key.byId('${key}')!.delete()",
        "key changed       | Key.byId('${key}')!.update({data: {a: 1}})",
        "key expires       | Key.byId('${key}')!.update({ttl: Time.now()})",
        "role changed      | Role.byName('reader')!.update({privileges: []})",
        "role of the token | Role.byName('member')!.delete()",
        "token deleted     | Token.byId('${token}')!.delete()",
        "identity deleted  | users.byId('1')!.delete()",
      })
  void endsWithWhatItRestsOn(String name, String change) throws Exception {
    try (Client inside = server.database(name.replace(' ', '_'))) {
      inside.query("Collection.create({name: 'things'})\n0");
      inside.query("Collection.create({name: 'users'})\n0");
      inside.query("users.create({id: 1})\n0");
      String all = "[{resource: 'things', actions: {read: true}}]";
      inside.query("Role.create({name: 'reader', privileges: " + all + "})\n0");
      inside.query(
          "Role.create({name: 'member', membership: {resource: 'users'}, privileges: "
              + all
              + "})\n0");
      JsonNode key = inside.query("Key.create({role: 'reader'})");
      JsonNode token = inside.query("Token.create({document: users.byId('1')!})");
      boolean byToken = name.contains("token") || name.contains("identity");
      String source = inside.query("things.all().eventSource()").asString();
      String secret = (byToken ? token : key).get("secret").asString();
      try (Client reader = server.client(secret);
          Events v10 = reader.stream(Map.of("token", source));
          Events v4 = reader.streamV4("{\"documents\":{\"collection\":\"things\"}}")) {
        assertThat(v10.next().get("type").asString()).isEqualTo("status");
        assertThat(v4.next().get("type").asString()).isEqualTo("start");
        inside.query(
            change
                    .replace("${key}", key.get("id").asString())
                    .replace("${token}", token.get("id").asString())
                + "\n0");
        assertThat(v10.next().get("error").get("code").asString()).isEqualTo("permission_loss");
        assertThat(v10.next()).isNull();
        JsonNode lost = v4.next();
        assertThat(lost.get("type").asString()).isEqualTo("error");
        assertThat(lost.get("event").get("description").asString())
            .isEqualTo("Authorization lost during stream evaluation.");
        assertThat(v4.next()).isNull();
      }
    }
  }

  /** Streams with equal rights share what they tell; not beyond a change of what it rests on. */
  @Test
  void equalStreamsTellNothingThatAPredicateHasComeToDeny() throws Exception {
    try (Client inside = server.database("equal")) {
      inside.query("Collection.create({name: 'switches'})\nCollection.create({name: 'lamps'})\n0");
      inside.query("switches.create({id: 1, on: true})\n0");
      inside.query(
          "Role.create({name: 'reader', privileges: [{resource: 'lamps',"
              + " actions: {read: \"_ => switches.byId('1')!.on\"}}]})\n0");
      JsonNode key = inside.query("Key.create({role: 'reader'})");
      String source = inside.query("lamps.all().eventSource()").asString();
      try (Client reader = server.client(key.get("secret").asString())) {
        List<Events> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Events v10 = reader.stream(Map.of("token", source));
          assertThat(v10.next().get("type").asString()).isEqualTo("status");
          Events v4 = reader.streamV4("{\"documents\":{\"collection\":\"lamps\"}}");
          assertThat(v4.next().get("type").asString()).isEqualTo("start");
          streams.addAll(List.of(v10, v4));
        }
        inside.query("lamps.create({id: 1})\n0");
        for (Events stream : streams) {
          assertThat(stream.next().get("type").asString()).isIn("add", "set");
        }
        inside.query("switches.byId('1')!.update({on: false})\n0");
        for (int i = 2; i < 20; i++) {
          inside.query("lamps.create({id: " + i + "})\n0");
        }
        inside.query("Key.byId('" + key.get("id").asString() + "')!.delete()\n0");
        for (Events stream : streams) {
          assertThat(stream.next().get("type").asString()).isEqualTo("error");
          stream.close();
        }
      }
    }
  }

  @Test
  void endsWithItsDatabase() throws Exception {
    try (Client inside = server.database("doomed")) {
      inside.query("Collection.create({name: 'things'})\n0");
      String source = inside.query("things.all().eventSource()").asString();
      try (Events events = inside.stream(Map.of("token", source))) {
        assertThat(events.next().get("type").asString()).isEqualTo("status");
        server.admin().query("Database.byName('doomed')!.delete()\n0");
        assertThat(events.next().get("error").get("code").asString()).isEqualTo("permission_loss");
        assertThat(events.next()).isNull();
      }
    }
  }

  @Test
  void endsWhenItsKeyExpires() throws Exception {
    server.admin().query("Collection.create({name: 'timed'})\n0");
    JsonNode key =
        server.admin().query("Key.create({role: 'server', ttl: Time.now().add(2, 'seconds')})");
    try (Client reader = server.client(key.get("secret").asString())) {
      String source = reader.query("timed.all().eventSource()").asString();
      try (Events events = reader.stream(Map.of("token", source))) {
        assertThat(events.next().get("type").asString()).isEqualTo("status");
        assertThat(events.next().get("error").get("code").asString()).isEqualTo("permission_loss");
      }
    }
  }

  @Test
  void goesOnFromItsCursorAfterARestart(@TempDir Path data) throws Exception {
    List<Integer> told = new ArrayList<>();
    String source;
    String cursor;
    try (ServerProcess first = ServerProcess.startDurable(data);
        Client client = new Client(first, ServerProcess.SECRET)) {
      client.query("Collection.create({name: 'things'})\n0");
      source = client.query("things.all().eventSource()").asString();
      write(client, 0, 10);
      try (Events events = client.stream(Map.of("token", source))) {
        assertThat(events.next().get("type").asString()).isEqualTo("status");
        cursor = take(events, 4, told);
      }
      first.kill();
    }
    try (ServerProcess second = ServerProcess.startDurable(data);
        Client client = new Client(second, ServerProcess.SECRET)) {
      try (Events events = client.stream(Map.of("token", source, "cursor", cursor))) {
        assertThat(events.next().get("cursor").asString()).isEqualTo(cursor);
        cursor = take(events, 6, told);
        write(client, 10, 20);
        cursor = take(events, 10, told);
      }
      write(client, 20, 25);
      JsonNode page =
          client.post("/feed/1", Map.of("token", source, "cursor", cursor, "page_size", 100));
      page.get("events").forEach(event -> told.add(n(event)));
      assertThat(page.get("has_next").asBoolean()).isFalse();
    }
    assertThat(told).containsExactlyElementsOf(IntStream.range(0, 25).boxed().toList());
  }

  private static void write(Client client, int from, int to) throws Exception {
    for (int n = from; n < to; n++) {
      client.query("things.create({n: " + n + "})\n0");
    }
  }

  /** Takes so many events; gives the cursor of the last. */
  private static String take(Events events, int count, List<Integer> told) throws Exception {
    String cursor = null;
    for (int i = 0; i < count; i++) {
      JsonNode event = events.next();
      told.add(n(event));
      cursor = event.get("cursor").asString();
    }
    return cursor;
  }

  private static int n(JsonNode event) {
    return Integer.parseInt(event.get("data").get("@doc").get("n").get("@int").asString());
  }
}
