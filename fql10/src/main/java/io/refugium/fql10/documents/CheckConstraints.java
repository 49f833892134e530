package io.refugium.fql10.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Source;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** The check constraints of a collection (schema specification, section 5.2). */
final class CheckConstraints {
  private CheckConstraints() {}

  /**
   * Checks a document that has just been written.
   *
   * @param failure the message if a constraint does not hold
   */
  static void check(
      QueryContext context,
      StoredDocuments documents,
      CollectionDef collection,
      Ref document,
      String failure) {
    List<ConstraintFailure> failures = failures(context, documents, collection, document);
    if (!failures.isEmpty()) {
      throw QueryFailure.constraint(failure, failures);
    }
  }

  /**
   * The constraints that do not hold for a document, in order of definition.
   *
   * @throws QueryFailure if one cannot be evaluated
   */
  static List<ConstraintFailure> failures(
      QueryContext context, StoredDocuments documents, CollectionDef collection, Ref document) {
    List<ConstraintFailure> failures = new ArrayList<>();
    for (CollectionDef.Check check : collection.checks()) {
      Lambda body =
          documents
              .schema()
              .lambda(Source.checkConstraint(check.name(), check.body()))
              .orElse(null);
      if (body == null) {
        continue;
      }
      Value result =
          context.limited(
              EffectLimit.CHECK_CONSTRAINTS,
              () -> Calls.invoke(context, body, new Value[] {document}, null));
      if (result != BooleanValue.TRUE) {
        failures.add(new ConstraintFailure(List.of(), message(check.name(), result)));
      }
    }
    return failures;
  }

  private static String message(String name, Value result) {
    return result == BooleanValue.FALSE || Kind.isNull(result)
        ? "Document failed check constraint `" + name + "`"
        : "Error evaluating check constraint `" + name + "`: function returned a non-boolean value";
  }
}
