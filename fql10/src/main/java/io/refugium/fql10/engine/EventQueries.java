package io.refugium.fql10.engine;

import io.refugium.access.AccessException;
import io.refugium.access.Gate;
import io.refugium.access.RateLimitExceeded;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.events.EventStream;
import io.refugium.fql10.events.Feed;
import io.refugium.fql10.request.EventRequest;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.request.RequestFailure;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Answers the feed and stream endpoints (http specification, sections 12 and 13). Thread-safe. */
public final class EventQueries {
  /** How much of its time a feed may spend on collecting events, in per cent. */
  private static final long COLLECTING = 95;

  /** Requests for events choose nothing of what queries may. */
  private static final QueryOptions OPTIONS =
      new QueryOptions(ResultFormat.TAGGED, Optional.empty(), false, 0, "");

  private final Fql10 language;
  private final Gate gate;

  /** Answers whom this gate lets in. */
  public EventQueries(Fql10 language, Gate gate) {
    this.language = language;
    this.gate = gate;
  }

  /**
   * Answers a request for a page of a feed.
   *
   * @param start when the request came, as {@link System#nanoTime} counts
   */
  public QueryAnswer feed(
      Credentials credentials,
      TransactionOptions options,
      long timeoutMillis,
      byte[] body,
      long start) {
    try {
      EventRequest request = read(EventRequest.Kind.FEED, body);
      long soft = start + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) / 100 * COLLECTING;
      byte[] page =
          execute(
              gate::execute,
              credentials,
              options,
              timeoutMillis,
              start,
              session -> Feed.page(session.readOnly(), request, language::context, soft));
      return new QueryAnswer(200, page);
    } catch (RequestFailure failure) {
      return AnswerWriter.protocolFailure(failure, "");
    } catch (RateLimitExceeded exceeded) {
      return rateLimited(exceeded, start);
    }
  }

  private static QueryAnswer rateLimited(RateLimitExceeded exceeded, long start) {
    return new AnswerWriter(OPTIONS, new Metrics(), start).rateLimited(exceeded);
  }

  /**
   * Opens a stream.
   *
   * @param timeoutMillis how long opening may take
   * @throws Refused with the answer instead of a stream
   */
  public EventStream stream(
      Credentials credentials,
      TransactionOptions options,
      long timeoutMillis,
      byte[] body,
      long start)
      throws Refused {
    try {
      EventRequest request = read(EventRequest.Kind.STREAM, body);
      return execute(
          gate::openStream,
          credentials,
          options,
          timeoutMillis,
          start,
          session ->
              EventStream.open(session.readOnly(), request, language::context, gate, credentials));
    } catch (RequestFailure failure) {
      throw new Refused(AnswerWriter.protocolFailure(failure, ""));
    } catch (RateLimitExceeded exceeded) {
      throw new Refused(rateLimited(exceeded, start));
    }
  }

  /** What is wrong with a request is told to everybody, before the secret is looked at. */
  private EventRequest read(EventRequest.Kind kind, byte[] body) {
    EventRequest request = EventRequest.read(kind, body);
    if (!language.isEventSource(request.token())) {
      throw kind.invalidToken();
    }
    return request;
  }

  /** A stream was not opened. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient QueryAnswer answer;

    Refused(QueryAnswer answer) {
      super("refused", null, false, false);
      this.answer = answer;
    }

    /** What to say instead. */
    public QueryAnswer answer() {
      return answer;
    }
  }

  /** One of the ways in. */
  @FunctionalInterface
  private interface Entrance<T> {
    TransactionResult<T> enter(
        Credentials credentials, TransactionOptions options, Metrics metrics, Gate.Body<T> body);
  }

  private <T> T execute(
      Entrance<T> entrance,
      Credentials credentials,
      TransactionOptions options,
      long timeoutMillis,
      long start,
      Gate.Body<T> body) {
    try {
      options.requireTime();
      return entrance.enter(credentials, options, new Metrics(), body).value();
    } catch (AccessException.Unauthorized unauthorized) {
      throw new RequestFailure(
          401, "unauthorized", "Invalid token, unable to authenticate request");
    } catch (AccessException refused) {
      throw Fql10.protocol(refused);
    } catch (DatabaseException failure) {
      throw Fql10.protocol(failure, timeoutMillis, start, null);
    }
  }
}
