package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.of;
import static io.refugium.fql10.stdlib.Arguments.text;

import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.ParameterType;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.runtime.UserFunction;
import io.refugium.model.BytesValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.Value;
import java.util.Base64;

/** Booleans, null, numbers, IDs, UUIDs, bytes and functions (library specification, 4, 5, 8). */
final class ScalarLibrary {
  /** Of everything whose only member is its text. */
  static final Members TEXT_ONLY =
      Members.builder()
          .method(
              "toString() => String",
              "The value as text.",
              (call, self, args) -> of(Text.display(call.context(), self)))
          .build();

  static final Members BYTES =
      Members.builder()
          .method(
              "toBase64() => String",
              "The bytes in standard Base64 with padding.",
              (call, self, args) -> of(Text.display(call.context(), self)))
          .all(TEXT_ONLY)
          .build();

  static final Members FUNCTION =
      Members.builder()
          .property(
              "definition: FunctionDef",
              "The document that defines a user function.",
              ScalarLibrary::definition)
          .all(TEXT_ONLY)
          .build();

  static final Method NEW_BYTES =
      Method.of(
          "Bytes(encoded: String) => Bytes",
          Effect.PURE,
          "Bytes from standard Base64, padding optional.",
          (call, self, args) -> decode(text(args[0])));

  static final Members BYTES_MODULE =
      Members.builder()
          .method(
              "fromBase64(encoded: String) => Bytes",
              "Bytes from standard Base64, padding optional.",
              (call, self, args) -> decode(text(args[0])))
          .build();

  static final Method NEW_ID =
      Members.builder()
          .method(
              "apply(id: String) => ID",
              "The ID with these decimal digits.",
              (call, self, args) -> id(call.context(), args[0]))
          .method(
              "apply(id: Number) => ID",
              "The ID with this integer value.",
              (call, self, args) -> id(call.context(), args[0]))
          .build()
          .method("apply");

  private ScalarLibrary() {}

  private static Value definition(QueryContext context, Value self) {
    return self instanceof FunctionValue function && function.plain() instanceof UserFunction user
        ? user.definition()
        : Null.of(NullCause.missingField("definition"));
  }

  private static Value decode(String encoded) {
    try {
      return new BytesValue(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      throw Errors.invalidArgument("encoded", "invalid Base64");
    }
  }

  private static Value id(QueryContext context, Value argument) {
    Value id = argument instanceof DoubleValue ? null : ParameterType.ID.accept(argument);
    if (id instanceof IdValue) {
      return id;
    }
    throw Errors.invalidId(Text.debug(context, argument));
  }
}
