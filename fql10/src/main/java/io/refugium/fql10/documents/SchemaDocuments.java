package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.source.Span;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import java.util.Optional;

/**
 * Writes schema documents for whoever is not a query, such as a push of schema files, with all
 * checks that a query would meet. Failures are {@link io.refugium.fql10.runtime.QueryFailure}s.
 */
public final class SchemaDocuments {
  private final QueryContext context;

  /**
   * @param context of the session that writes
   */
  public SchemaDocuments(QueryContext context) {
    this.context = context;
  }

  /**
   * Creates a document of a system collection.
   *
   * @param identity which one if there is no document of this identity now; otherwise a new one
   */
  public void create(Optional<Ref> identity, int collection, ObjectValue fields, Span place) {
    boolean free =
        identity.isPresent() && StoredDocuments.of(context).read(context, identity.get()) == null;
    new SystemWriter(new Call(context, place, "create"))
        .create(collection, fields, free ? identity.map(Ref::id) : Optional.empty());
  }

  /** Replaces what users may write of a document. */
  public void replace(Ref document, ObjectValue fields, Span place) {
    new SystemWriter(new Call(context, place, "replace")).change(document, fields, true);
  }

  /** Deletes a document. */
  public void delete(Ref document, Span place) {
    new SystemWriter(new Call(context, place, "delete")).delete(document);
  }
}
