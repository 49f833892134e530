package io.refugium.server;

import io.refugium.access.secret.Credentials;
import io.refugium.fql4.Fql4Queries;
import io.refugium.fql4.Fql4Queries.Query;
import io.refugium.fql4.Fql4Queries.ResourceQuery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * {@code /collections}, {@code /keys} and their like: the paths of the oldest clients, each short
 * for a query of FQL v4 (spec: HTTP surface 8).
 */
public final class ResourceEndpoint implements V4Endpoint.Handler {
  /** The first segments of all such paths. */
  public static final List<String> FAMILIES =
      List.of(
          "/databases",
          "/collections",
          "/classes",
          "/indexes",
          "/functions",
          "/roles",
          "/access_providers",
          "/keys",
          "/tokens",
          "/credentials");

  private static final byte[] TRIVIAL = "null".getBytes(StandardCharsets.UTF_8);

  private final Fql4Queries queries;

  public ResourceEndpoint(Fql4Queries queries) {
    this.queries = queries;
  }

  @Override
  public Response handle(Request request, V4Options options) {
    List<String> path =
        Arrays.stream(request.path().substring(1).split("/", -1))
            .map(QueryStrings::decodePath)
            .toList();
    List<String> methods = Fql4Queries.methodsOf(path);
    return methods.isEmpty() || methods.contains(request.method())
        ? answer(request, options, path)
        : refuseMethod(request, options, methods);
  }

  private Response answer(Request request, V4Options options, List<String> path) {
    ResourceQuery query =
        new ResourceQuery(
            request.method(),
            path,
            request.parameter("size"),
            request.parameter("before"),
            request.parameter("after"),
            request.body(),
            options.apiVersion());
    return Fql4Endpoint.answer(
        request,
        options,
        () -> queries.run(credentials(request), options.transaction(request, false), query));
  }

  /** The secret is checked before the method. */
  private Response refuseMethod(Request request, V4Options options, List<String> methods) {
    Query trivial = new Query(TRIVIAL, options.apiVersion(), true);
    Response answer =
        Fql4Endpoint.answer(
            request,
            options,
            () -> queries.run(credentials(request), options.transaction(request, false), trivial));
    return answer.status() == ProtocolError.UNAUTHORIZED.status()
        ? answer
        : V4Responses.methodNotAllowed(request, methods);
  }

  private static Credentials credentials(Request request) {
    return request.credentials();
  }
}
