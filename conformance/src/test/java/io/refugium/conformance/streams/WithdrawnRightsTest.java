package io.refugium.conformance.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.streams.Client.Events;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Rights are withdrawn beside many equal streams, which share what they tell, while others write
 * without a break: no stream tells of a commit after the one that withdrew them, and each ends.
 */
@Timeout(120)
class WithdrawnRightsTest {
  private static final int STREAMS = 8;
  private static final int WRITERS = 2;
  private static final int COMMITS = 150;
  @RegisterExtension static final SharedServer server = new SharedServer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role_emptied     | Role.byName('member')!.update({privileges: []})",
        "role_deleted     | Role.byName('member')!.delete()",
        "token_deleted    | Token.byId('${token}')!.delete()",
        "member_no_more   | users.byId('1')!.update({active: false})",
        "identity_deleted | users.byId('1')!.delete()",
      })
  void nothingThatIsCommittedLaterIsTold(String name, String withdrawal) throws Exception {
    try (Client inside = server.database(name);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      inside.query("Collection.create({name: 'things'})\nCollection.create({name: 'users'})\n0");
      inside.query("users.create({id: 1, active: true})\n0");
      inside.query(
          """
          Role.create({
            name: 'member',
            membership: {resource: 'users', predicate: 'user => user.active'},
            privileges: [{resource: 'things', actions: {read: 'thing => thing.n >= 0'}}]
          })
          0
          """);
      JsonNode token = inside.query("Token.create({document: users.byId('1')!})");
      String source = inside.query("things.all().eventSource()").asString();
      try (Client reader = server.client(token.get("secret").asString())) {
        List<Future<Heard>> heard = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
          Events v10 = reader.stream(Map.of("token", source));
          Events v4 = reader.streamV4("{\"documents\":{\"collection\":\"things\"}}");
          heard.add(executor.submit(() -> Heard.of(v10, "txn_ts")));
          heard.add(executor.submit(() -> Heard.of(v4, "txn")));
        }
        List<Future<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          writers.add(executor.submit(() -> write(inside, COMMITS)));
        }
        write(inside, COMMITS / 3);
        long withdrawn =
            inside
                .post(
                    "/query/1",
                    Map.of(
                        "query",
                        withdrawal.replace("${token}", token.get("id").asString()) + "\n0"))
                .get("txn_ts")
                .asLong();
        for (Future<Void> writer : writers) {
          writer.get();
        }
        write(inside, 1);
        for (Future<Heard> one : heard) {
          assertThat(one.get().events()).isPositive();
          assertThat(one.get().last()).isLessThan(withdrawn);
          assertThat(one.get().end()).contains("uth").doesNotContain("things");
        }
      }
    }
  }

  private static Void write(Client client, int commits) throws Exception {
    for (int i = 0; i < commits; i++) {
      client.query("things.create({n: 1})\n0");
    }
    return null;
  }

  /**
   * What a stream told.
   *
   * @param last the time of its last event before the one that ended it
   * @param end that one
   */
  private record Heard(int events, long last, String end) {
    static Heard of(Events stream, String timeField) throws IOException {
      try (stream) {
        long last = 0;
        JsonNode event = stream.next();
        for (int events = 0; ; events++) {
          if (event.get("type").asString().equals("error")) {
            return new Heard(events, last, event.toString());
          }
          last = Math.max(last, event.get(timeField).asLong());
          event = stream.next();
        }
      }
    }
  }
}
