package io.refugium.conformance.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;

/**
 * Single requests over clear-text HTTP/2, each on a connection of its own: with prior knowledge by
 * Jetty's client, by upgrade by the JDK's (which does nothing else).
 */
final class Http2 {

  private Http2() {}

  static Exchange withPriorKnowledge(URI server, HttpRequest request) throws Exception {
    var client =
        new org.eclipse.jetty.client.HttpClient(
            new HttpClientTransportOverHTTP2(new HTTP2Client()));
    client.start();
    try {
      return exchange(client, server, request);
    } finally {
      client.stop();
    }
  }

  private static Exchange exchange(
      org.eclipse.jetty.client.HttpClient client, URI server, HttpRequest request)
      throws InterruptedException, ExecutionException, TimeoutException {
    org.eclipse.jetty.client.Request sent =
        client
            .newRequest(server.resolve(request.path()))
            .method(request.method())
            .headers(fields -> request.headers().forEach(fields::put));
    if (request.body() != null) {
      sent.body(new BytesRequestContent(request.headers().get("Content-Type"), request.body()));
    }
    ContentResponse response = sent.send();
    return new Exchange(response.getStatus(), Map.of(), response.getContentAsString());
  }

  static Exchange byUpgrade(URI server, HttpRequest request)
      throws IOException, InterruptedException {
    var sent =
        java.net.http.HttpRequest.newBuilder(server.resolve(request.path()))
            .method(
                request.method(),
                request.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(sent::header);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> response = client.send(sent.build(), BodyHandlers.ofString());
      if (response.version() != HttpClient.Version.HTTP_2) {
        throw new ScenarioFailure("no upgrade to HTTP/2");
      }
      return new Exchange(response.statusCode(), Map.of(), response.body());
    }
  }
}
