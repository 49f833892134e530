package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.ParameterType;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Optional;

/** The {@code id} that a query gives to a document that it creates. */
final class ChosenId {
  private static final String TYPE = "ID | String | Long";

  private ChosenId() {}

  /** The id among the fields of a new document; empty if there is none, or none that is valid. */
  static Optional<Long> of(ObjectValue given, List<ConstraintFailure> failures) {
    if (!given.has(FieldNames.ID)) {
      return Optional.empty();
    }
    Value value = given.get(FieldNames.ID);
    if (Kind.isNull(value)) {
      failures.add(ConstraintFailure.of(FieldNames.ID, "Missing required field of type " + TYPE));
      return Optional.empty();
    }
    boolean integral =
        value instanceof IdValue
            || value instanceof LongValue
            || value instanceof NarrowLong
            || value instanceof StringValue;
    if (!integral || !(ParameterType.ID.accept(value) instanceof IdValue(long id))) {
      failures.add(
          ConstraintFailure.of(
              FieldNames.ID, "Expected " + TYPE + ", provided " + ProvidedTypes.describe(value)));
      return Optional.empty();
    }
    if (id < 0) {
      failures.add(ConstraintFailure.of(FieldNames.ID, "id must be nonnegative"));
    }
    return Optional.of(id);
  }
}
