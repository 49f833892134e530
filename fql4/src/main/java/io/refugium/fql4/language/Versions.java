package io.refugium.fql4.language;

import io.refugium.database.document.Document;
import io.refugium.model.GlobalId;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;

/** Stored documents as queries see them (spec: FQL v4, 9.1, 9.5). */
public final class Versions {
  private Versions() {}

  public static VersionValue of(Document document) {
    return of(document, false);
  }

  /**
   * @param created whether this query created it
   */
  public static VersionValue of(Document document, boolean created) {
    return new VersionValue(document.ref(), time(document.ts()), fields(document), created);
  }

  /** The time of a version: microseconds, or the time of this transaction. */
  static Value time(long ts) {
    return ts == Document.UNCOMMITTED ? TransactionTime.MICROS : new LongValue(ts);
  }

  private static ObjectValue fields(Document document) {
    return switch (document.ref().collection()) {
      case SystemCollections.DATABASE ->
          document
              .fields()
              .with("global_id", new StringValue(GlobalId.format(document.ref().id())));
      case SystemCollections.TOKEN -> document.fields().without("global_id");
      case SystemCollections.COLLECTION -> document.fields().without("migrations");
      default -> document.fields();
    };
  }

  /**
   * A document as the function that wrote it shows it: the hash of a token's secret is for those
   * who read it.
   */
  public static VersionValue written(Document document, boolean created) {
    VersionValue version = of(document, created);
    return document.ref().collection() == SystemCollections.TOKEN
        ? new VersionValue(
            version.ref(), version.ts(), version.fields().without("hashed_secret"), created)
        : version;
  }
}
