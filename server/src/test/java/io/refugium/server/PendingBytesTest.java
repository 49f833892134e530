package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.server.RawClient.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much requests may hold, and what those are told for which there is no room. */
class PendingBytesTest {
  private static final int BODY_LIMIT = 8 << 20;

  private final PendingBytes pending = new PendingBytes(1 << 20);

  @Test
  void nothingIsHeldForWhatIsOnlyAnnounced() {
    try (PendingBytes.Share share = pending.enter()) {
      var body = new BodyBuffer(BODY_LIMIT, BODY_LIMIT, share);
      body.append(ByteBuffer.wrap(new byte[10]));
      assertThat(pending.held()).isEqualTo(PendingBytes.EACH + PendingBytes.SMALL);
    }
    assertThat(pending.held()).isZero();
  }

  @Test
  void aBodyOfAnyLengthArrivesWhole() {
    var ample = new PendingBytes(BODY_LIMIT);
    for (int length : new int[] {1, 100, 65_536, 65_537, 200_000, 400_000}) {
      byte[] sent = new byte[length];
      new Random(length).nextBytes(sent);
      for (int announced : new int[] {-1, length}) {
        try (PendingBytes.Share share = ample.enter()) {
          var body = new BodyBuffer(announced, BODY_LIMIT, share);
          for (int from = 0; from < length; from += 10_000) {
            body.append(ByteBuffer.wrap(sent, from, Math.min(10_000, length - from)));
          }
          assertThat(Arrays.equals(body.bytes(), sent)).as("%d of %d", length, announced).isTrue();
          assertThat(ample.held()).isLessThanOrEqualTo(PendingBytes.EACH + 8192 + 2L * length);
        }
      }
    }
    assertThat(ample.held()).isZero();
  }

  @Test
  void largeRequestsLeaveHalfToSmallOnes() {
    List<PendingBytes.Share> large = new ArrayList<>();
    PendingBytes.Share next = pending.enter();
    while (next.grow(100_000)) {
      large.add(next);
      next = pending.enter();
    }
    assertThat(pending.held()).isBetween(400_000L, 512L * 1024);
    int small = 0;
    while (pending.enter().grow(1000)) {
      small++;
    }
    assertThat(small).isGreaterThan(90);
    assertThat(pending.held()).isLessThanOrEqualTo(1 << 20);
    assertThat(next.isRefused()).isTrue();
    assertThat(next.grow(1)).isFalse();
    next.close();
    large.forEach(PendingBytes.Share::close);
    assertThat(pending.enter().isRefused()).isFalse();
  }

  @Test
  @Timeout(60)
  void whoDoesNotFindRoomIsToldSo() throws Exception {
    var arrived = new CountDownLatch(2);
    var go = new CountDownLatch(1);
    Routes routes =
        Routes.withFallback(
                TestServers.endpoint(
                    Dialect.V4,
                    request -> {
                      arrived.countDown();
                      await(go);
                      return Response.json(200, request.body());
                    }))
            .build();
    HttpServer server = TestServers.start(routes, 2 * PendingBytes.EACH + 100);
    try (var first = new RawClient(server.port());
        var second = new RawClient(server.port());
        var third = new RawClient(server.port())) {
      String request = "POST / HTTP/1.1\nHost: x\nContent-Length: 2\n\n{}";
      first.send(request);
      second.send(request);
      arrived.await();

      Answer refused = third.send(request).read();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body())
          .isEqualTo(
              "{\"errors\":[{\"code\":\"too many requests\",\"description\":\"Too many pending requests\"}]}");
      assertThat(third.closed()).isTrue();

      go.countDown();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.read().status()).isEqualTo(200);
      assertThat(first.send(request).read().status()).isEqualTo(200);
    } finally {
      server.stop();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
