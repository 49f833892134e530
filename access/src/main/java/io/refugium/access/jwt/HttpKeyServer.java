package io.refugium.access.jwt;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Fetches signing keys over HTTP, within limits of time and size, without following redirects.
 * Thread-safe.
 */
final class HttpKeyServer implements KeyServer {
  /** How long connecting may take, and how long the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The largest set of keys that is read, in bytes. */
  private static final int LARGEST_BODY = 256 * 1024;

  private final KeyAddresses addresses;
  private final HttpClient strict = client().build();
  private final HttpClient trusting;

  HttpKeyServer(KeyAddresses addresses) {
    this.addresses = addresses;
    this.trusting =
        addresses.trusted().isEmpty() ? strict : client().sslContext(trustAll()).build();
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  @Override
  public Answer get(URI uri, String tag) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "application/json");
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    try {
      HttpClient client = addresses.isTrusted(uri) ? trusting : strict;
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(response, body, tag);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Answer answer(HttpResponse<InputStream> response, InputStream body, String tag)
      throws IOException {
    if (response.statusCode() == 304 && tag != null) {
      return null;
    }
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new IOException("more than " + LARGEST_BODY + " bytes");
    }
    return new Answer(
        new String(bytes, StandardCharsets.UTF_8),
        response.headers().firstValue("ETag").orElse(null));
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
