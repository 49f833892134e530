package io.refugium.fql4.documents;

import io.refugium.fql4.language.Errors;
import io.refugium.model.LambdaValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;

/** User-defined functions (spec: FQL v4, 13.1). */
final class FunctionDocuments implements DocumentKind {
  static final FunctionDocuments INSTANCE = new FunctionDocuments();

  private FunctionDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("name", "body", "role", "data", "permissions");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("name");
  }

  @Override
  public void prepare(Draft draft) {
    draft.requireName();
    checkBody(draft);
    if (draft.has("role")) {
      RoleReferences.check(draft, "role");
    }
    draft.optionalObject("data");
    Permissions.prepare(draft, Permissions.OF_FUNCTION);
    draft.checkReferences();
  }

  /** A lambda; the source text of FQL v10 may stay but not be written. */
  private static void checkBody(Draft draft) {
    switch (draft.get("body")) {
      case null -> draft.fail(Invalid.missing(List.of("body")));
      case LambdaValue _ -> {}
      case StringValue text
          when draft.before() != null
              && text.equals(draft.before().get("body"))
              && !draft.given().has("body") -> {}
      case StringValue _ ->
          throw Errors.schemaInvalid(
              Writing.position(draft), "Invalid type provided for field `body`.");
      case Value other -> draft.fail(Invalid.type(List.of("body"), other, "Query"));
    }
  }
}
