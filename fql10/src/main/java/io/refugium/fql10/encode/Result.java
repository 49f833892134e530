package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;

/**
 * A value with everything read that its encoding needs (language specification, section 9.1), so
 * that it can be written when the transaction is over. Only the time of the transaction is missing.
 */
public sealed interface Result {

  /** A scalar of the model, an ID or an integer typed Long. */
  record Scalar(Value value) implements Result {}

  record Null() implements Result {}

  record Array(List<Result> elements) implements Result {}

  record Struct(List<Map.Entry<String, Result>> fields) implements Result {}

  /** A document with its fields. */
  record LiveDocument(List<Map.Entry<String, Result>> fields) implements Result {}

  /** A reference inside a document. */
  record NestedReference(Documents.Reference document) implements Result {}

  /** A document that cannot be seen. */
  record MissingDocument(Documents.Reference document, String cause) implements Result {}

  record ModuleName(String name, String lastName) implements Result {}

  /**
   * A page of a set.
   *
   * @param after the cursor to the next page; null if this is the last one
   */
  record PageOfSet(List<Result> data, String after) implements Result {}

  /** A set that was not read. */
  record SetToken(String token) implements Result {}

  record EventSourceToken(String token) implements Result {}

  /** A cursor. */
  record CursorText(String text) implements Result {}

  /**
   * A function.
   *
   * @param described its text, such as {@code [function abs()]}
   */
  record FunctionText(String described) implements Result {}
}
