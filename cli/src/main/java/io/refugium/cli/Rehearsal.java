package io.refugium.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plays an application against a server: its schema is made, a user logs in, and clients of both
 * languages and both versions of HTTP do what clients do every day, at full speed and with rests,
 * right and wrong. The JVM expects later what it has seen here: where compiled code meets anything
 * else it is thrown away, and the server is slow until it has been compiled anew.
 */
final class Rehearsal {
  /** Makes what the play is about. All of FQL v4, because both languages share it. */
  private static final List<String> SCENERY =
      List.of(
          """
          {"create_collection":{"object":{"name":"users"}}}""",
          """
          {"create_collection":{"object":{"name":"things"}}}""",
          """
          {"create_index":{"object":{"name":"things_by_owner","source":{"collection":"things"},
            "terms":[{"object":{"field":["data","owner"]}}]}}}""",
          """
          {"create":{"ref":{"collection":"users"},"id":"1"},
            "params":{"object":{"credentials":{"object":{"password":"rehearsal"}}}}}""",
          """
          {"create_function":{"object":{"name":"first","role":"server","body":{"query":{
            "lambda":["id"],"expr":{"get":{"ref":{"collection":"things"},"id":{"var":"id"}}}}}}}}""",
          """
          {"create_role":{"object":{"name":"members",
            "membership":[{"object":{"resource":{"collection":"users"}}}],
            "privileges":[
              {"object":{"resource":{"collection":"things"},"actions":{"object":{"create":true,"write":true,
                "read":{"query":{"lambda":"ref","expr":{"equals":[{"identity":null},
                  {"select":["data","owner"],"from":{"get":{"var":"ref"}}}]}}}}}}},
              {"object":{"resource":{"index":"things_by_owner"},"actions":{"object":{"read":true}}}},
              {"object":{"resource":{"function":"first"},"actions":{"object":{"call":true}}}}]}}}""",
          """
          {"create":{"ref":{"collection":"things"},"id":"1"},
            "params":{"object":{"data":{"object":{"owner":{"@ref":{"id":"1",
              "collection":{"@ref":{"id":"users","collection":{"@ref":{"id":"collections"}}}}}},"n":1}}}}}""");

  private static final String LOGIN =
      """
      {"login":{"ref":{"collection":"users"},"id":"1"},
        "params":{"object":{"password":"rehearsal"}}}""";

  /** Asked over and over, with another number for {@code %d} each time. */
  private static final List<String> V4 =
      List.of(
          """
          {"create":{"collection":"things"},"params":{"object":{"data":{"object":{
            "owner":{"identity":null},"n":%d,"name":"thing %d","tags":["a","b"]}}}}}""",
          """
          {"get":{"ref":{"collection":"things"},"id":"1"}}""",
          """
          {"update":{"ref":{"collection":"things"},"id":"1"},
            "params":{"object":{"data":{"object":{"n":%d}}}}}""",
          """
          {"map":{"lambda":"x","expr":{"get":{"var":"x"}}},"collection":{"paginate":
            {"match":{"index":"things_by_owner"},"terms":{"identity":null}},"size":10}}""",
          """
          {"paginate":{"documents":{"collection":"things"}},"size":16}""",
          """
          {"call":{"function":"first"},"arguments":["1"]}""",
          """
          {"let":[{"n":%d},{"m":{"add":[{"var":"n"},1]}}],"in":{"if":{"lt":[{"var":"n"},{"var":"m"}]},
            "then":{"object":{"n":{"var":"n"}}},"else":{"abort":"no"}}}""");

  private static final List<String> V10 =
      List.of(
          """
          {"query":{"fql":["things.create({ owner: Query.identity(), n: ",{"value":{"@int":"%d"}},", name: ",
            {"value":"thing %d"}," })"]}}""",
          """
          {"query":{"fql":["things.byId(",{"value":"1"},")! { n, name }"]}}""",
          """
          {"query":{"fql":["things.byId(",{"value":"1"},")!.update({ n: ",{"value":{"@int":"%d"}}," })"]}}""",
          """
          {"query":"things.where(.owner == Query.identity()).pageSize(10)"}""",
          """
          {"query":"things.all().pageSize(16) { n, owner }"}""",
          """
          {"query":{"fql":["first(",{"value":"1"},")"]}}""",
          """
          {"query":"let n = %d; if (n > 0) [1, 2, n].map(x => x * 2) else abort(n)"}""");

  /** What has no place in an application, but comes to every server. */
  private static final List<Question> ODD =
      List.of(
          new Question("/", "{\"get\":"),
          new Question("/", "{\"nothing\":1}"),
          new Question("/", "{\"get\":{\"ref\":{\"collection\":\"things\"},\"id\":\"2\"}}"),
          new Question("/query/1", "{\"query\":\"things.byId('2')!.n\"}"),
          new Question("/query/1", "{\"query\":\"things.byId(\"}"),
          new Question("/query/1", "{\"query\":\"nothing.all()\"}"),
          new Question("/query/1", "no JSON"),
          new Question("/nowhere", "{}"));

  /** Each asks both languages, with the rights of the user. */
  private static final int CLIENTS = 3;

  /** After so many rounds a client rests, so that the server has nothing to do for a moment. */
  private static final int ROUNDS_AT_ONCE = 8;

  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");

  private final String url;
  private final String rootSecret;

  private record Question(String path, String body) {}

  /**
   * A play for one server.
   *
   * @param url where it listens, without a path
   */
  Rehearsal(String url, String rootSecret) {
    this.url = url;
    this.rootSecret = rootSecret;
  }

  /**
   * Plays for a time.
   *
   * @throws IOException if the server does not answer, or does not let the user log in
   */
  void play(Duration time) throws IOException, InterruptedException {
    String token = prepare();
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Void>> plays =
          IntStream.range(0, CLIENTS)
              .mapToObj(client -> clients.submit(() -> playOne(client, token, end)))
              .toList();
      for (Future<Void> play : plays) {
        play.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a client of the rehearsal failed", e.getCause());
    }
  }

  /** Makes the scenery, and plays one round in which everything has to go well. */
  private String prepare() throws IOException, InterruptedException {
    try (HttpClient client = client(Version.HTTP_1_1)) {
      for (String query : SCENERY) {
        demand(client, new Question("/", query), rootSecret);
      }
      Matcher secret = SECRET.matcher(demand(client, new Question("/", LOGIN), rootSecret));
      if (!secret.find()) {
        throw new IOException("the user of the rehearsal did not get a secret");
      }
      for (Question question : everyday(1)) {
        demand(client, question, secret.group(1));
      }
      return secret.group(1);
    }
  }

  private String demand(HttpClient client, Question question, String secret)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(client, question, secret);
    if (answer.statusCode() >= 300) {
      throw new IOException("the rehearsal was answered " + answer.body());
    }
    return answer.body();
  }

  private Void playOne(int number, String token, long end)
      throws IOException, InterruptedException {
    int round = 2;
    while (System.nanoTime() < end) {
      // Another client each time, because connections come and go.
      try (HttpClient client = client(number == 0 ? Version.HTTP_2 : Version.HTTP_1_1)) {
        for (int i = 0; i < ROUNDS_AT_ONCE && System.nanoTime() < end; i++) {
          for (Question question : everyday(round++)) {
            ask(client, question, token);
          }
        }
        for (Question question : ODD) {
          ask(client, question, token);
        }
        Thread.sleep(round % 20);
      }
    }
    return null;
  }

  private static List<Question> everyday(int round) {
    String number = Integer.toString(round);
    return Stream.concat(
            V4.stream().map(query -> new Question("/", query)),
            V10.stream().map(query -> new Question("/query/1", query)))
        .map(question -> new Question(question.path, question.body.replace("%d", number)))
        .toList();
  }

  private static HttpClient client(Version version) {
    return HttpClient.newBuilder().version(version).build();
  }

  private HttpResponse<String> ask(HttpClient client, Question question, String secret)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + question.path))
            .header("Authorization", "Bearer " + secret)
            .header("X-FaunaDB-API-Version", "4")
            .header("X-Driver-Env", "driver=rehearsal; runtime=java; os=none")
            .header("X-Query-Timeout-Ms", "5000")
            .header("Content-Type", "application/json;charset=utf-8")
            .header("Accept-Encoding", "gzip")
            .POST(BodyPublishers.ofString(question.body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
