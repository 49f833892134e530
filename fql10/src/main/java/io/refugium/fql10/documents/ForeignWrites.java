package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.database.DocumentChecks;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DocumentRefused;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks the documents that others than FQL v10 write against the definitions of their collections
 * (schema specification, section 15). Queries of FQL v10 check what they write by themselves, in
 * their own context, and say so with {@link #checked}.
 */
public final class ForeignWrites implements DocumentChecks {
  private static final ScopedValue<Boolean> CHECKED = ScopedValue.newInstance();

  private final Function<Session, QueryContext> contexts;

  /**
   * @param contexts gives a context in which constraints of a session's writes are evaluated
   */
  public ForeignWrites(Function<Session, QueryContext> contexts) {
    this.contexts = contexts;
  }

  /** Runs a write that is checked elsewhere. */
  static <T> T checked(Supplier<T> write) {
    return ScopedValue.where(CHECKED, true).call(write::get);
  }

  private static boolean concerns() {
    return !CHECKED.isBound() && Session.writing() != null;
  }

  @Override
  public void beforeWrite(
      Transaction transaction, CollectionDef collection, Document before, Document after) {
    if (collection.fields().isEmpty() || !concerns()) {
      return;
    }
    QueryContext context = contexts.apply(Session.writing());
    FieldSchema fields = FieldSchema.of(collection, StoredDocuments.of(context).schema());
    List<ConstraintFailure> failures = fields.checkLeniently(after.data());
    if (!failures.isEmpty()) {
      throw new DocumentRefused(
          failures.stream()
              .<DocumentRefused.Reason>map(
                  failure -> new DocumentRefused.Reason.WrongField(text(failure)))
              .toList());
    }
  }

  private static String text(ConstraintFailure failure) {
    return ConstraintFailure.pathText(failure.paths().getFirst()) + ": " + failure.message();
  }

  @Override
  public void afterWrite(
      Transaction transaction, CollectionDef collection, Document before, Document after) {
    if (collection.checks().isEmpty() || !concerns()) {
      return;
    }
    QueryContext context = contexts.apply(Session.writing());
    List<DocumentRefused.Reason> reasons = new ArrayList<>();
    try {
      CheckConstraints.failures(context, StoredDocuments.of(context), collection, after.ref())
          .forEach(
              failure -> reasons.add(new DocumentRefused.Reason.FailedCheck(failure.message())));
    } catch (QueryFailure failure) {
      reasons.clear();
      reasons.add(new DocumentRefused.Reason.BrokenCheck(message(context, failure)));
    }
    if (!reasons.isEmpty()) {
      throw new DocumentRefused(reasons);
    }
  }

  private static String message(QueryContext context, QueryFailure failure) {
    return failure.abortValue() == null
        ? failure.getMessage()
        : Text.display(context, failure.abortValue());
  }
}
