package io.refugium.conformance.drivers;

import com.faunadb.client.FaunaClient;
import com.faunadb.client.errors.FaunaException;
import com.faunadb.client.query.Expr;
import com.faunadb.client.types.Value;
import io.refugium.conformance.ServerProcess;
import java.net.MalformedURLException;
import java.util.concurrent.CompletionException;

/** The unmodified Java driver of FQL v4, as the tests beside this use it. */
final class JavaV4 {
  private JavaV4() {}

  static FaunaClient client(ServerProcess server, String secret) {
    try {
      return FaunaClient.builder()
          .withEndpoint(server.url().toString())
          .withSecret(secret)
          .withCheckNewVersion(false)
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The driver wraps its errors in those of futures; tests want the driver's own. */
  static Value run(FaunaClient client, Expr query) {
    try {
      return client.query(query).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FaunaException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
