package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Span;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import java.util.Optional;

/**
 * Writes schema documents for whoever is not a query, such as a push of schema files, with all
 * checks that a query would meet. A document that is refused does not end the push at once, for
 * what is wrong with the schema as a whole is told first: {@link #refusal}. Other failures are
 * {@link QueryFailure}s. One for each push; not thread-safe.
 */
public final class SchemaDocuments {
  private final QueryContext context;
  private QueryFailure refusal;

  /**
   * @param context of the session that writes
   */
  public SchemaDocuments(QueryContext context) {
    this.context = context;
  }

  /**
   * Why the first document was refused that was. What was written after that is good for checking
   * the schema and for nothing else.
   */
  public Optional<QueryFailure> refusal() {
    return Optional.ofNullable(refusal);
  }

  /**
   * Creates a document of a system collection.
   *
   * @param identity which one if there is no document of this identity now; otherwise a new one
   */
  public void create(Optional<Ref> identity, int collection, ObjectValue fields, Span place) {
    boolean free =
        identity.isPresent() && StoredDocuments.of(context).read(context, identity.get()) == null;
    attempt(
        () ->
            writer(place, "create")
                .create(collection, fields, free ? identity.map(Ref::id) : Optional.empty()));
  }

  /** Replaces what users may write of a document. */
  public void replace(Ref document, ObjectValue fields, Span place) {
    attempt(() -> writer(place, "replace").change(document, fields, true));
  }

  /** Deletes a document. */
  public void delete(Ref document, Span place) {
    attempt(() -> writer(place, "delete").delete(document));
  }

  private SystemWriter writer(Span place, String name) {
    return new SystemWriter(new Call(context, place, name), this::refuse);
  }

  private void attempt(Runnable write) {
    try {
      write.run();
    } catch (QueryFailure failure) {
      if (failure.constraintFailures().isEmpty()) {
        throw failure;
      }
      refuse(failure);
    }
  }

  private void refuse(QueryFailure failure) {
    if (refusal == null) {
      refusal = failure;
    }
  }
}
