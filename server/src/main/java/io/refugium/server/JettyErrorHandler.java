package io.refugium.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what fails below the routes: malformed HTTP, requests that never finish, faults of the
 * server itself. Such answers have a body of their own, no other headers, and close the connection
 * (spec: HTTP surface 1).
 */
final class JettyErrorHandler implements Request.Handler {

  /**
   * The three ways to fail below the routes. The bodies are exact, white space and final line feed
   * included.
   */
  enum Failure {
    BAD_REQUEST(400, "{ \"error\": \"bad request\" }\n"),
    TIMEOUT(408, "{ \"error\": \"request timeout: Client timed out.\" }\n"),
    INTERNAL(500, "{ \"error\": \"internal server error\" }\n");

    private final int status;
    private final byte[] body;

    Failure(int status, String body) {
      this.status = status;
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    /** The whole answer as HTTP/1.1 sends it, for where there is no request to answer. */
    byte[] wire() {
      String head =
          "HTTP/1.1 %d %s\r\ncontent-type: %s\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
              .formatted(status, HttpStatus.getMessage(status), JettyAnswers.JSON, body.length);
      byte[] bytes =
          Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + body.length);
      System.arraycopy(body, 0, bytes, head.length(), body.length);
      return bytes;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    answer(classify(request), response, callback);
    return true;
  }

  /** Sends the answer; nothing may have been sent before. */
  static void answer(Failure failure, Response response, Callback callback) {
    response.reset();
    response.setStatus(failure.status);
    response
        .getHeaders()
        .put("content-type", JettyAnswers.JSON)
        .put("content-length", failure.body.length);
    if (response.getRequest().getConnectionMetaData().getHttpVersion().getVersion() < 20) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(failure.body), callback);
  }

  /** Every refusal of Jetty's parser (400, 414, 431, 505, ...) is one and the same to a client. */
  private static Failure classify(Request request) {
    return switch (request.getAttribute(ErrorHandler.ERROR_EXCEPTION)) {
      case TimeoutException _ -> Failure.TIMEOUT;
      case HttpException _ -> Failure.BAD_REQUEST;
      case null, default -> Failure.INTERNAL;
    };
  }
}
