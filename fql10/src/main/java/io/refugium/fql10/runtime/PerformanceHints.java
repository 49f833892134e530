package io.refugium.fql10.runtime;

import io.refugium.fql10.runtime.DocumentValue.Origin;
import io.refugium.fql10.source.Span;
import io.refugium.model.Value;

/** What a query is told that reads more than it might (language specification, section 6). */
public final class PerformanceHints {
  private static final String SEE = " See https://docs.fauna.com/performance_hint/";
  private static final String FULL_SET = "full_set_read";
  private static final String SCAN = "collection_scan";
  private static final String NOT_COVERED = "non_covered_document_read";

  private PerformanceHints() {}

  /** A method is about to read a whole set, as far as that has an end it does not know. */
  public static void fullSetRead(Call call, SetValue set) {
    QueryLog log = call.context().log();
    if (log.wantsHints() && set.isUnbounded()) {
      say(log, call.span(), FULL_SET, usingMethod(call) + " causes the full set to be read.");
    }
  }

  /** A method looks at the documents of a collection one by one. */
  public static void collectionScan(Call call, String collection) {
    QueryLog log = call.context().log();
    if (log.wantsHints()) {
      String where = " on collection " + collection;
      String text = usingMethod(call) + where + " can cause a read of every document.";
      say(log, call.span(), SCAN, text);
    }
  }

  /** A field of a document found in an index is read that the index does not hold. */
  public static void fieldRead(QueryContext context, Value found, String field, Span place) {
    if (!(found instanceof DocumentValue document) || origin(document) == null) {
      return;
    }
    Origin origin = origin(document);
    if (!origin.covers(field)) {
      String text = "." + field + " is not covered by the " + origin.index() + " index.";
      say(context.log(), place, NOT_COVERED, text);
    }
  }

  /** A document found in an index is read as a whole. */
  public static void documentRead(QueryContext context, DocumentValue document) {
    Origin origin = origin(document);
    if (origin != null) {
      String text = "Full documents returned from " + origin.index() + ".";
      say(context.log(), origin.call(), NOT_COVERED, text);
    }
  }

  private static Origin origin(DocumentValue document) {
    return document.covered() == null ? null : document.covered().origin();
  }

  private static String usingMethod(Call call) {
    return "Using " + call.method() + "()";
  }

  private static void say(QueryLog log, Span span, String code, String text) {
    log.hint(span, code + " - " + text + SEE + code + ".");
  }
}
