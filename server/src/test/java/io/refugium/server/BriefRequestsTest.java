package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.MustWait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known to be brief is answered by the thread that has read it. */
class BriefRequestsTest {
  /** More than it takes to be known as brief, also where the first ones are slow. */
  private static final int OFTEN = 500;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger handedOver = new AtomicInteger();
  private volatile boolean turnsOutLong;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Routes routes =
        Routes.withFallback(new V4Endpoint((request, _) -> V4Responses.notFound(request)))
            .at("/query/1", new Threads(true))
            .at("/other", new Threads(false))
            .build();
    server = TestServers.start(routes);
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
  }

  /** Answers what kind of thread it is called by. */
  private final class Threads implements Endpoint {
    private final boolean answersBriefly;

    Threads(boolean answersBriefly) {
      this.answersBriefly = answersBriefly;
    }

    @Override
    public boolean answersBriefly() {
      return answersBriefly;
    }

    @Override
    public Response handle(Request request) {
      assertThat(Thread.currentThread().isVirtual()).isEqualTo(request.mayWait());
      if (turnsOutLong && !request.mayWait()) {
        handedOver.incrementAndGet();
        throw new MustWait();
      }
      return Response.json(200, request.mayWait() ? "waiting" : "brief");
    }

    @Override
    public Dialect dialect() {
      return Dialect.V10;
    }
  }

  private String ask(String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private String askOften(String path) throws Exception {
    String answer = null;
    for (int i = 0; i < OFTEN; i++) {
      answer = ask(path, "{\"n\":" + i + "}");
    }
    return answer;
  }

  @Test
  void theFirstOfAKindMayWaitAndLaterOnesNeedNot() throws Exception {
    assertThat(ask("/query/1", "{\"n\":0}")).isEqualTo("waiting");
    assertThat(askOften("/query/1")).isEqualTo("brief");
    assertThat(ask("/query/1", "{\"m\":0}")).as("another kind").isEqualTo("waiting");
  }

  @Test
  void otherEndpointsMayAlwaysWait() throws Exception {
    assertThat(askOften("/other")).isEqualTo("waiting");
  }

  @Test
  void whatTurnsOutToBeLongIsRunAgainByAThreadThatMayWaitAndAnsweredOnce() throws Exception {
    askOften("/query/1");
    turnsOutLong = true;
    assertThat(ask("/query/1", "{\"n\":1}")).isEqualTo("waiting");
    assertThat(ask("/query/1", "{\"n\":2}")).isEqualTo("waiting");
    assertThat(handedOver).as("the mistake is remembered").hasValue(1);
  }
}
