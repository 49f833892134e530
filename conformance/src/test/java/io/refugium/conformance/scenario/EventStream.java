package io.refugium.conformance.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An open event stream, read in the background: one JSON value after another. Thread-safe. */
final class EventStream implements AutoCloseable {

  private final Http1Connection connection;
  private final Http1Connection.Head head;
  private final List<JsonNode> events = new ArrayList<>();
  private boolean first = true;
  private boolean ended;

  EventStream(Http1Connection connection) throws IOException {
    this.connection = connection;
    this.head = connection.readHead();
    Thread.ofVirtual().start(this::readAll);
  }

  Http1Connection.Head head() {
    return head;
  }

  /**
   * Each event is a line: a parser that reads ahead would give one out only when the next has come.
   */
  private void readAll() {
    try (var lines =
        new BufferedReader(new InputStreamReader(connection.body(head), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          add(Scenario.JSON.readTree(line));
        }
      }
    } catch (IOException cutOff) {
      // The connection was closed, by the server or by close(); what has arrived is all there is.
    } finally {
      end();
    }
  }

  /** Heartbeats after the first status event are no contract. */
  private synchronized void add(JsonNode event) {
    if (first || !event.path("type").asString("").equals("status")) {
      events.add(event);
      notifyAll();
    }
    first = false;
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Takes the next events, fewer if they do not come in time or the stream ends. */
  synchronized ArrayNode take(int count, long timeoutMillis) throws InterruptedException {
    await(timeoutMillis, count);
    List<JsonNode> taken = events.subList(0, Math.min(count, events.size()));
    ArrayNode result = JsonNodeFactory.instance.arrayNode().addAll(taken);
    taken.clear();
    return result;
  }

  /** Waits for the server to end the stream; false if it does not in time. */
  synchronized boolean awaitEnd(long timeoutMillis) throws InterruptedException {
    await(timeoutMillis, Integer.MAX_VALUE);
    return ended;
  }

  /** The events that have not been taken. */
  synchronized ArrayNode left() {
    return JsonNodeFactory.instance.arrayNode().addAll(events);
  }

  private void await(long timeoutMillis, int count) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
    while (!ended && events.size() < count) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
