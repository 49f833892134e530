package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;

import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.EventValue;
import io.refugium.fql4.language.Kind;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.SourcedValue;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.function.Predicate;

/** Questions about the kind of a value (spec: FQL v4, 6.11). */
final class TypeCheckFunctions {
  private TypeCheckFunctions() {}

  static void define(Library library) {
    check(library, "is_number", MathFunctions::isNumber);
    check(library, "is_double", DoubleValue.class::isInstance);
    check(library, "is_integer", LongValue.class::isInstance);
    check(library, "is_boolean", BooleanValue.class::isInstance);
    check(library, "is_null", NullValue.class::isInstance);
    check(library, "is_bytes", BytesValue.class::isInstance);
    check(library, "is_timestamp", TimeValue.class::isInstance);
    check(library, "is_date", DateValue.class::isInstance);
    check(library, "is_uuid", UuidValue.class::isInstance);
    check(
        library,
        "is_string",
        value -> value instanceof StringValue || value instanceof ActionValue);
    check(library, "is_array", ArrayValue.class::isInstance);
    check(library, "is_object", TypeCheckFunctions::isObject);
    check(library, "is_ref", value -> value instanceof Ref || value instanceof UnresolvedRef);
    check(library, "is_set", Kind::isSet);
    check(library, "is_doc", value -> value instanceof Ref || value instanceof VersionValue);
    check(library, "is_lambda", LambdaValue.class::isInstance);
    document(library, "is_collection", SystemCollections.COLLECTION);
    document(library, "is_database", SystemCollections.DATABASE);
    document(library, "is_index", SystemCollections.INDEX);
    document(library, "is_function", SystemCollections.FUNCTION);
    document(library, "is_key", SystemCollections.KEY);
    document(library, "is_token", SystemCollections.TOKEN);
    document(library, "is_credentials", SystemCollections.CREDENTIAL);
    document(library, "is_role", SystemCollections.ROLE);
  }

  private static void check(Library library, String name, Predicate<Value> holds) {
    library.define(name, ANY).as(call -> Call.of(holds.test(call.value(0))));
  }

  /** Whether a value is the ref of, or a version of, a document of a system collection. */
  private static void document(Library library, String name, int collection) {
    check(
        library,
        name,
        value ->
            switch (value) {
              case Ref ref -> ref.collection() == collection;
              case VersionValue version -> version.ref().collection() == collection;
              default -> false;
            });
  }

  private static boolean isObject(Value value) {
    return switch (value) {
      case ObjectValue _, VersionValue _, PageValue _, EventValue _, SourcedValue _ -> true;
      default -> false;
    };
  }
}
