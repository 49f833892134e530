package io.refugium.server;

/**
 * Answers what no other endpoint claims: 404 in v4's shape, whoever asks (spec: HTTP surface 2,
 * 7.5).
 */
public final class NotFoundEndpoint implements Endpoint {

  @Override
  public Response handle(Request request) {
    return V4Responses.notFound(request);
  }

  @Override
  public Dialect dialect() {
    return Dialect.V4;
  }
}
