package io.refugium.access.jwt;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Fetches signing keys over HTTP, within limits of time and size, without following redirects.
 * Thread-safe.
 */
final class HttpKeyServer implements KeyServer {
  /** How long connecting may take, and how long the whole answer, however it trickles in. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The largest set of keys that is read, in bytes. */
  private static final int LARGEST_BODY = 256 * 1024;

  private static final HttpResponse.BodyHandler<byte[]> LIMITED =
      HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_BODY);

  private final KeyAddresses addresses;
  private final Duration patience;

  /** Made when the first key is fetched: most servers never do, and starting one takes time. */
  private HttpClient strict;

  private HttpClient trusting;

  HttpKeyServer(KeyAddresses addresses) {
    this(addresses, PATIENCE);
  }

  HttpKeyServer(KeyAddresses addresses, Duration patience) {
    this.addresses = addresses;
    this.patience = patience;
  }

  private synchronized HttpClient client(boolean trusted) {
    if (trusted) {
      trusting = trusting == null ? client().sslContext(trustAll()).build() : trusting;
      return trusting;
    }
    strict = strict == null ? client().build() : strict;
    return strict;
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  @Override
  public Answer get(URI uri, String tag) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    HttpClient client = client(addresses.isTrusted(uri));
    HttpResponse<byte[]> response = awaited(client.sendAsync(request.build(), LIMITED));
    if (response.statusCode() == 304 && tag != null) {
      return null;
    }
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new Answer(
        new String(response.body(), StandardCharsets.UTF_8),
        response.headers().firstValue("ETag").orElse(null));
  }

  /** The time-out of a request would end with the head of its answer; this one does not. */
  private <T> T awaited(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + patience, e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static SSLContext trustAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has TLS", e);
    }
  }

  /** Believes any certificate; used only for hosts that the configuration names. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
