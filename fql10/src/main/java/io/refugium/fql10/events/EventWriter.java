package io.refugium.fql10.events;

import io.refugium.fql10.encode.ResultWriter;
import io.refugium.model.JsonBuffer;
import java.util.Locale;

/** Writes events as JSON; values always in the tagged format. */
final class EventWriter {
  private final JsonBuffer out = ResultWriter.buffer().unlimited();

  private EventWriter() {}

  /** One event as a line of a stream. */
  static byte[] line(Event event) {
    EventWriter writer = new EventWriter();
    writer.event(event);
    return writer.out.raw("\r\n").toBytes();
  }

  /** A page of a feed. */
  static byte[] page(EventPage page) {
    EventWriter writer = new EventWriter();
    writer.wholePage(page);
    return writer.out.toBytes();
  }

  private void wholePage(EventPage page) {
    out.raw("{\"events\":[");
    for (int i = 0; i < page.events().size(); i++) {
      out.raw(i == 0 ? "" : ",");
      event(page.events().get(i));
    }
    out.raw("],\"cursor\":").string(page.cursor());
    out.raw(",\"has_next\":").raw(page.hasNext() ? "true" : "false");
    stats(page.stats());
    out.raw('}');
  }

  private void event(Event event) {
    switch (event) {
      case Event.Data data -> {
        out.raw("{\"type\":\"").raw(data.type().name().toLowerCase(Locale.ROOT));
        out.raw("\",\"data\":").json(data.data());
        place(data.position());
      }
      case Event.Status status -> {
        out.raw("{\"type\":\"status\"");
        place(status.position());
      }
      case Event.Failure failure -> failure(failure);
    }
    stats(event.stats());
    out.raw('}');
  }

  private void place(EventPosition position) {
    out.raw(",\"txn_ts\":").number(position.time()).raw(",\"cursor\":").string(position.cursor());
  }

  private void failure(Event.Failure failure) {
    out.raw("{\"type\":\"error\",\"error\":{\"code\":").string(failure.code());
    out.raw(",\"message\":").string(failure.message());
    if (failure.abort() != null) {
      out.raw(",\"abort\":").json(failure.abort());
    }
    out.raw('}');
  }

  private void stats(EventStats stats) {
    out.raw(",\"stats\":{\"read_ops\":").number(stats.readOps());
    out.raw(",\"storage_bytes_read\":").number(stats.bytesRead());
    out.raw(",\"compute_ops\":").number(stats.computeOps());
    out.raw(",\"processing_time_ms\":").number(stats.millis());
    out.raw(",\"rate_limits_hit\":[]}");
  }
}
